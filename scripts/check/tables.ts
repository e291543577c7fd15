import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../cli/main.ts';
import { runsOfDocument } from '../../core/tracking/run-codec.ts';
import { pythonWith } from '../python.ts';

// Tables that nobody here made go from file to trained models, untouched by hand.

/** What a random forest of scikit-learn 1.9 reaches on these, five folds, less a margin for chance. */
const TABLES = [
  { name: 'breast_cancer', metric: 'roc_auc', atLeast: 0.98 },
  { name: 'wine', metric: 'accuracy', atLeast: 0.94 },
  { name: 'diabetes', metric: 'r2', atLeast: 0.37 },
] as const;

const EXPORT = `
import sys
from sklearn import datasets
for name in sys.argv[2:]:
    getattr(datasets, 'load_' + name)(as_frame=True).frame.to_csv(f'{sys.argv[1]}/{name}.csv', index=False)
`;

const folder = mkdtempSync(join(tmpdir(), 'tables-'));
try {
  const python = pythonWith(['scikit-learn==1.9.1', 'pandas==3.0.3']);
  execFileSync(python, ['-c', EXPORT, folder, ...TABLES.map(({ name }) => name)], { stdio: 'inherit' });
  for (const { name, metric, atLeast } of TABLES) {
    const config = `${name}.yml`;
    await mlops('init', `${name}.csv`, '--target', 'target', '--config', config, '--quiet');
    const runs = runsOfDocument(JSON.parse(await mlops('train', '--config', config, '--json', '--quiet')));
    const forest = runs.find(({ model }) => model === 'random_forest');
    const value = forest?.metrics[metric]?.outOfFold.value ?? Number.NaN;
    process.stdout.write(
      `${name}: ${runs.length} models, random forest ${metric} ${value.toFixed(4)} (at least ${atLeast})\n`,
    );
    if (!(value >= atLeast)) throw new Error(`${name}: ${metric} is ${value}, not at least ${atLeast}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function mlops(...args: string[]): Promise<string> {
  let stdout = '';
  const code = await main(args, { cwd: folder, stdout: { write: (text) => (stdout += text) }, stderr: process.stderr });
  if (code !== 0) throw new Error(`mlops ${args.join(' ')} ended with ${code}: ${stdout}`);
  return stdout;
}
