import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { main } from '../../cli/main.ts';
import { openFolderStores } from '../../core/io/folder/folder-stores.ts';
import { deriveSeed } from '../../core/random/random.ts';
import type { Run } from '../../core/tracking/run.ts';
import { runsOfDocument } from '../../core/tracking/run-codec.ts';
import { pythonWith } from '../python.ts';

// The example of custom trainers does what it says: its numbers are those of scikit-learn, its gate fails when it should.

/** Sums are taken in another order there; anything else would be a wrong row or a wrong seed. */
const TOLERANCE = 1e-9;
const FOLDS = [0, 1, 2, 3, 4];

const CHURN = `  churn:
    path: churn.csv
    generator: { id: customer_churn, rows: 500 }
    target: Churn
    metrics: [roc_auc]
    models: { custom: { command: [PYTHON, documented.py], repeats: 1 } }
`;

const python = pythonWith(['scikit-learn==1.9.1', 'pandas==3.0.3']);
const folder = mkdtempSync(join(tmpdir(), 'custom-'));
try {
  cpSync(fileURLToPath(new URL('../../examples/custom', import.meta.url)), folder, { recursive: true });
  edit('mlops.yml', '[python, train.py', `[${JSON.stringify(python)}, train.py`);
  writeFileSync(join(folder, 'documented.py'), documented());
  edit('mlops.yml', 'datasets:\n', `datasets:\n${CHURN.replace('PYTHON', JSON.stringify(python))}`);
  git('init', '--quiet', '--initial-branch=main');
  await mlops(0, 'generate', '--quiet');
  commit('first');
  const { runs } = await mlops(0, 'train', '--json', '--quiet');
  await compare(runOf(runs, 'housing'), 8);
  await compare(runOf(runs, 'housing_mean'), null);
  const auc = runOf(runs, 'churn').metrics.roc_auc?.outOfFold.value ?? Number.NaN;
  process.stdout.write(`churn roc_auc of the documented trainer: ${auc}\n`);
  if (!(auc > 0.7)) throw new Error('the documented trainer learns nothing');

  edit('train.py', 'A forest of scikit-learn', 'The same forest of scikit-learn');
  commit('same');
  await mlops(0, 'train', '--dataset', 'housing', '--json', '--quiet');
  const same = await mlops(0, 'compare', '--dataset', 'housing', '--json');
  expectEqual('the verdict on the same forest', same.status, 'pass');

  edit('mlops.yml', 'max_depth: 8', 'max_depth: 1');
  commit('stumps');
  await mlops(0, 'train', '--dataset', 'housing', '--json', '--quiet');
  const worse = await mlops(1, 'compare', '--dataset', 'housing', '--json');
  expectEqual('the verdict on a forest of stumps', worse.status, 'fail');
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** The trainer that docs/custom-trainers.md shows. */
function documented(): string {
  const page = readFileSync(fileURLToPath(new URL('../../docs/custom-trainers.md', import.meta.url)), 'utf8');
  const [, code] = /```python\n([\s\S]+?)```/.exec(page) ?? [];
  if (code === undefined) throw new Error('docs/custom-trainers.md shows no trainer');
  return code;
}

/** Compares a run's metrics with those of the same models fitted by scikit-learn itself. */
async function compare({ id, dataset, data, split, metrics, target }: Run, maxDepth: number | null): Promise<void> {
  const predictions = await openFolderStores(join(folder, '.mlops')).evidence.get(id);
  if (!predictions) throw new Error(`${dataset} has no evidence`);
  const seeds = Array.from({ length: split.repeats }, (_, repeat) =>
    FOLDS.map((fold) => (maxDepth === null ? null : deriveSeed(split.seed, 'fit', fold, repeat) >>> 1)),
  );
  const input = JSON.stringify({
    table: join(folder, data.path),
    target,
    features: data.columns.filter(({ kind }) => kind === 'numeric' || kind === 'categorical').map(({ name }) => name),
    folds: [...predictions.rowSet.folds],
    positions: [...predictions.rowSet.positions!],
    seeds,
    max_depth: maxDepth,
  });
  const script = fileURLToPath(new URL('custom.py', import.meta.url));
  const said = JSON.parse(execFileSync(python, [script], { input, encoding: 'utf8' })) as Record<string, number>;
  for (const [metric, expected] of Object.entries(said)) {
    const value = metrics[metric]?.outOfFold.value ?? Number.NaN;
    process.stdout.write(`${dataset} ${metric}: ${value}, scikit-learn says ${expected}\n`);
    if (!(Math.abs(value - expected) <= TOLERANCE)) throw new Error(`${dataset} ${metric} is not scikit-learn's`);
  }
}

function runOf(runs: readonly Run[], dataset: string): Run {
  const run = runs.find((each) => each.dataset === dataset && each.model === 'custom');
  if (!run) throw new Error(`${dataset} was not trained by its command`);
  return run;
}

function expectEqual(what: string, found: string, expected: string): void {
  process.stdout.write(`${what}: ${found}\n`);
  if (found !== expected) throw new Error(`${what} is not "${expected}"`);
}

function edit(file: string, search: string, replacement: string): void {
  const text = readFileSync(join(folder, file), 'utf8');
  if (!text.includes(search)) throw new Error(`${file} has no "${search}"`);
  writeFileSync(
    join(folder, file),
    text.replace(search, () => replacement),
  );
}

function git(...args: string[]): void {
  const identity = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com'];
  execFileSync('git', [...identity, ...args], { cwd: folder });
}

function commit(message: string): void {
  git('add', '--all');
  git('commit', '--quiet', '--message', message);
}

async function mlops(expected: number, ...args: string[]): Promise<{ status: string; runs: Run[] }> {
  let stdout = '';
  const code = await main(args, { cwd: folder, stdout: { write: (text) => (stdout += text) }, stderr: process.stderr });
  if (code !== expected) throw new Error(`mlops ${args.join(' ')} ended with ${code}: ${stdout}`);
  return args.includes('--json')
    ? { ...JSON.parse(stdout), runs: runsOfDocument(JSON.parse(stdout)) }
    : { status: '', runs: [] };
}
