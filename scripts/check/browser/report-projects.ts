import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRandom } from '../../../core/random/random.ts';

const mlops = fileURLToPath(new URL('../../../cli/index.ts', import.meta.url));

/** A dataset of each kind, small enough to train in seconds. */
const DATASETS = {
  regression: (trees: number) => `
  housing:
    path: data/housing.csv
    generator: { id: california_housing, rows: 2000, current: data/housing-later.csv }
    target: MedHouseVal
    metrics: [r2, rmse, mae]
    models: { random_forest: { n_estimators: ${trees} }, linear_regression: {} }
    gates: { r2: { min: 0.5, max_drop: 0.005 } }`,
  binary: (trees: number) => `
  churn:
    path: data/churn.csv
    generator: { id: customer_churn, rows: 2000, current: data/churn-later.csv }
    target: Churn
    metrics: [roc_auc, average_precision, f1, accuracy]
    slices: [Contract]
    models: { gradient_boosting: { n_estimators: ${trees} }, logistic_regression: {} }
    gates: { roc_auc: { min: 0.7, max_drop: 0.01 } }
    tuning: { pipeline: true, trials: 15 }`,
  multiclass: (trees: number) => `
  flowers:
    path: data/flowers.csv
    target: species
    metrics: [f1_macro, roc_auc_ovr, log_loss]
    models: { random_forest: { n_estimators: ${trees}, min_samples_leaf: 5 }, logistic_regression: {} }
    gates: { f1_macro: { min: 0.5, max_drop: 0.02 } }`,
};

export type Kind = keyof typeof DATASETS;
export const KINDS = Object.keys(DATASETS) as Kind[];

/**
 * Trains a project of one dataset on `main`, then a change of it with fewer trees.
 *
 * @returns the HTML report of the change.
 */
export function reportOfChange(kind: Kind): string {
  const root = mkdtempSync(join(tmpdir(), `report-${kind}-`));
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root, stdio: 'ignore' });
  const commit = (title: string) =>
    git('-c', 'user.name=ada', '-c', 'user.email=ada@example.org', 'commit', '--all', '--message', title);
  const configure = (trees: number) =>
    writeFileSync(join(root, 'mlops.yml'), `version: 1\ndatasets:${DATASETS[kind](trees)}\n`);
  git('init', '--initial-branch=main');
  mkdirSync(join(root, 'data'));
  writeFileSync(join(root, 'data', 'flowers.csv'), flowers());
  writeFileSync(join(root, '.gitignore'), 'data/\n.mlops/\nreports/\nmodels/\nmetrics/\n');
  configure(60);
  git('add', '--all');
  commit('Train');
  pipeline(root);
  git('checkout', '-b', 'fewer-trees');
  configure(20);
  commit('Take fewer trees');
  pipeline(root);
  return join(root, 'reports', 'comparison_report.html');
}

function pipeline(root: string): void {
  try {
    execFileSync(process.execPath, [mlops, 'pipeline', '--quiet'], { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] });
  } catch (error) {
    // 1: a gate fails, which is as good a report.
    if ((error as { status?: number }).status !== 1) throw error;
  }
}

/** Four kinds of flowers by two lengths that overlap. */
function flowers(): string {
  const random = createRandom(1, 'flowers');
  const species = ['iris', 'lily', 'rose', 'tulip'];
  const rows = Array.from({ length: 800 }, (_, i) => {
    const kind = i % species.length;
    const near = (middle: number) => (middle + 2 * (random.uniform() + random.uniform() - 1)).toFixed(3);
    return `${near(kind)},${near(kind % 2)},${near(0)},${species[kind]}`;
  });
  return `petal,sepal,stem,species\n${rows.join('\n')}\n`;
}
