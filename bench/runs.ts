import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createRandom } from '../core/random/random.ts';
import type { Estimate, Run } from '../core/tracking/run.ts';
import { runCodec } from '../core/tracking/run-codec.ts';
import { createRunId, runPath } from '../core/tracking/run-id.ts';
import { bundle } from '../scripts/build/bundle.ts';
import { median, span } from './spread.ts';
import type { Suite } from './suite.ts';

const RUNS = 10_000;
const ROUNDS = 11;
/** Seconds of wall time that a list may take, the process's start included. */
const LIMIT = 0.5;
const FILTER = 'metrics.roc_auc > 0.8 and params.n_estimators >= 100';

/** Asking ten thousand recorded runs, beside MLflow's store of as many; every question is a process of its own. */
export const runsSuite: Suite = {
  id: 'runs',
  title: `The history of runs, ${RUNS.toLocaleString('en-US')} of them`,
  packages: ['mlflow-skinny==3.14.0', 'sqlalchemy==2.1.9', 'alembic==1.20.1'],
  async run({ python, log, folder, quick }) {
    const runs = someRuns(quick ? 200 : RUNS);
    const rounds = quick ? 3 : ROUNDS;
    const bin = join(folder, 'bin');
    bundle('cli', bin);
    const project = join(folder, 'project');
    writeRuns(runs, join(project, '.mlops'));
    const clone = join(folder, 'clone');
    makeBranch(runs, join(folder, 'origin.git'), clone);
    const index = join(project, '.mlops/runs.index');
    const db = join(folder, 'mlflow.db');
    const summaries = runs.map(({ params, metrics }) => ({
      params,
      metrics: Object.fromEntries(Object.entries(metrics).map(([id, { outOfFold }]) => [id, outOfFold.value])),
    }));
    const { experiment } = python('mlflow_runs.py', { what: 'make', db, runs: summaries }) as { experiment: string };
    log(`${runs.length} runs made on both sides`);

    const ours = (cwd: string, ...args: string[]) => mlops(bin, cwd, ['runs', ...args]);
    const theirs = (filter_string: string, order_by: string[], most: number) => () =>
      python('mlflow_runs.py', { what: 'ask', db, experiment, filter_string, order_by, most });
    const filtered = ['list', '--filter', FILTER, '--sort', '-metrics.roc_auc'];
    const questions: [title: string, ask: () => unknown, peer: (() => unknown) | null][] = [
      ['the newest 20', ours(project, 'list'), theirs('', ['start_time DESC'], 20)],
      [
        'the best 20 that a filter lets through',
        ours(project, ...filtered),
        theirs("metrics.roc_auc > 0.8 and params.max_depth = '8'", ['metrics.roc_auc DESC'], 20),
      ],
      ['all, as CSV', ours(project, 'export', '--csv', '--out', 'runs.csv'), null],
      ['one run, by the end of its id', ours(project, 'show', runs[5]!.id.slice(-8)), null],
      ['the newest 20 of the branch of origin', ours(clone, 'list', '--source', 'branch'), null],
    ];
    rmSync(index, { force: true });
    const first = seconds(ours(project, 'list'));
    const firstOfBranch = seconds(ours(clone, 'list', '--source', 'branch'));
    const rows = questions.map(([title, ask, peer]) => {
      const own: number[] = [];
      const other: number[] = [];
      for (let round = 0; round < rounds; round++) {
        own.push(seconds(ask));
        if (peer && round < 5) other.push(seconds(peer));
      }
      log(`${title}: ${median(own).toFixed(2)} s`);
      const limit = title.includes('branch') ? '–' : `${LIMIT} s ${median(own) < LIMIT ? 'reached' : '**missed**'}`;
      return `| ${title} | ${span(own, 2)} | ${other.length > 0 ? span(other, 2) : '–'} | ${other.length > 0 ? (median(own) / median(other)).toFixed(2) : '–'} | ${limit} |`;
    });
    const start = Array.from({ length: rounds }, () => seconds(mlops(bin, folder, ['--version'])));
    return [
      `Wall time of whole processes, median of ${rounds} (least–most), MLflow's of 5. Ours: the packed \`mlops\`, with runs as \`mlops train\` writes them (${Math.round(runCodec.encode(runs[0]!).length / 1000)} kB each, 30 columns, 4 metrics), with the index that the first list builds (${(statSync(index).size / 1e6).toFixed(1)} MB). MLflow: a Python process that calls \`MlflowClient.search_runs\` on its SQLite store. It cannot compare parameters by size, so it filters by equality.`,
      '',
      '| Question | Ours, s | MLflow, s | Ratio | Limit |',
      '| :-- | --: | --: | --: | --: |',
      ...rows,
      '',
      `Starting \`mlops\` takes ${median(start).toFixed(2)} s of each. The first list reads and checks every file and takes ${first.toFixed(1)} s. The first list of a branch also fetches it (from the same disk) and takes ${firstOfBranch.toFixed(1)} s.`,
    ];
  },
};

function seconds(act: () => unknown): number {
  const start = performance.now();
  act();
  return (performance.now() - start) / 1000;
}

function mlops(bin: string, cwd: string, args: readonly string[]): () => void {
  return () => {
    const { status, stderr } = spawnSync(process.execPath, [join(bin, 'index.js'), ...args], { cwd, encoding: 'utf8' });
    if (status !== 0) throw new Error(`mlops ${args.join(' ')} ended with ${status}: ${stderr}`);
  };
}

function writeRuns(runs: readonly Run[], folder: string): void {
  for (const run of runs) {
    const path = join(folder, runPath(run.id));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, runCodec.encode(run));
  }
}

/** A bare repository whose branch `runs` holds the runs, and an empty clone of it. */
function makeBranch(runs: readonly Run[], origin: string, clone: string): void {
  const git = (...args: string[]) => execFileSync('git', args, { stdio: ['ignore', 'ignore', 'inherit'] });
  const tree = `${origin}-tree`;
  git('init', '--quiet', '--bare', origin);
  writeRuns(runs, tree);
  const at = ['--git-dir', origin, '--work-tree', tree, '-c', 'user.name=mlops', '-c', 'user.email=mlops@example.com'];
  git(...at, 'symbolic-ref', 'HEAD', 'refs/heads/runs');
  git(...at, 'add', '--all');
  git(...at, 'commit', '--quiet', '--message', 'runs');
  git('init', '--quiet', clone);
  git('-C', clone, 'remote', 'add', 'origin', origin);
}

/** Runs of three datasets and models over two years, as large as real ones. */
function someRuns(n: number): Run[] {
  const random = createRandom(1, 'bench-runs');
  const hex = (digits: number) => Array.from({ length: digits }, () => random.integer(16).toString(16)).join('');
  const estimate = (value: number): Estimate => ({ value, ci: [value - 0.0123, value + 0.0123], se: 0.0061, n: 7043 });
  const columns = Array.from({ length: 30 }, (_, i) => ({ name: `a_column_${i}`, kind: 'numeric' as const }));
  return Array.from({ length: n }, (_, i): Run => {
    const created = new Date(Date.UTC(2025, 0, 1) + Math.floor((i / n) * 2 * 365 * 86_400_000)).toISOString();
    const dataset = ['churn', 'fraud', 'houses'][i % 3]!;
    const model = ['random_forest', 'gradient_boosting', 'logistic_regression'][random.integer(3)]!;
    const metric = () => {
      const value = 0.7 + 0.2 * random.uniform();
      return {
        direction: 'maximize' as const,
        train: estimate(value + 0.05),
        test: estimate(value - 0.01),
        outOfFold: estimate(value),
        folds: Array.from({ length: 5 }, () => value + 0.01 * random.normal()),
        seedNoise: { variance: 1e-5 * random.uniform(), df: 5 },
      };
    };
    return {
      schema: 1,
      id: createRunId({ createdAt: created, dataset, model, nonce: `${i}` }),
      createdAt: created,
      dataset,
      model,
      params: {
        n_estimators: 50 * (1 + random.integer(6)),
        max_depth: 8,
        min_samples_leaf: 1 + random.integer(5),
        max_features: 'sqrt',
        learning_rate: 0.3 * random.uniform(),
        class_weight: null,
      },
      task: 'classification',
      target: 'Churn',
      targetType: 'binary',
      classes: ['No', 'Yes'],
      split: { folds: 5, seed: 42, repeats: 2 },
      metrics: { roc_auc: metric(), f1: metric(), accuracy: metric(), recall: metric() },
      data: {
        path: `data/${dataset}.csv`,
        sha256: hex(64),
        rows: 7043,
        columns,
        keyColumns: ['customer_id'],
        trainRows: 5634,
        testRows: 1409,
        nFeatures: 29,
        rowSet: hex(64),
      },
      importances: columns.map(({ name }) => ({ feature: name, share: random.uniform() / 15 })),
      modelSha256: hex(64),
      modelBytes: 123_456,
      inputsSha256: hex(64),
      git: { sha: hex(40), branch: i % 7 === 0 ? 'feature/trees' : 'main', base: null, dirty: i % 11 === 0 },
      workflow: null,
      environment: { version: '0.1.0', node: 'v24.21.0', os: 'linux x64', cpu: 'a processor', threads: 2 },
      timings: { fitSeconds: random.uniform() * 10, predictSeconds: random.uniform() },
      warnings: [],
    };
  });
}
