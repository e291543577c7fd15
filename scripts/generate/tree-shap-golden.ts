import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { anEnsemble } from '../../core/models/trees/ensemble.fixture.ts';
import { pythonWith } from '../python.ts';

/** Random ensembles whose SHAP values, by the `shap` package, become core/models/trees/golden/tree-shap.json. */
const CASES: readonly NonNullable<Parameters<typeof anEnsemble>[0]>[] = [
  { seed: 1, nTrees: 1, nFeatures: 3, depth: 2 },
  { seed: 2, nTrees: 8, nFeatures: 5, depth: 5, nBins: 255 },
  { seed: 3, nTrees: 4, nFeatures: 4, depth: 6, nOutputs: 3 },
  { seed: 4, nTrees: 6, nFeatures: 4, depth: 4, nOutputs: 3, width: 1 },
  { seed: 5, nTrees: 2, nFeatures: 2, depth: 8, nSamples: 20 },
  { seed: 6, nTrees: 2, nFeatures: 12, depth: 9, nSamples: 5 },
];

const python = pythonWith(['shap==0.51.0', 'numpy==2.4.6', 'scikit-learn==1.9.1']);
const jobs = CASES.map((options) => {
  const { ensemble, bins } = anEnsemble(options);
  const plain = Object.entries(ensemble).map(([name, value]) => [
    name,
    typeof value === 'number' ? value : Array.from(value as ArrayLike<number>),
  ]);
  return { ensemble: Object.fromEntries(plain), bins: bins.map((own) => Array.from(own)) };
});
const script = fileURLToPath(new URL('tree_shap_golden.py', import.meta.url));
const answers = JSON.parse(
  execFileSync(python, [script], { input: JSON.stringify(jobs), encoding: 'utf8', maxBuffer: 2 ** 26 }),
) as { base: number[]; values: number[] }[];
const golden = CASES.map((options, i) => JSON.stringify({ options, ...answers[i]! }));
writeFileSync(
  new URL('../../core/models/trees/golden/tree-shap.json', import.meta.url),
  `[\n${golden.join(',\n')}\n]\n`,
);
