import { stringify } from 'yaml';
import { sha256Hex } from '../random/sha256.ts';
import { parseProject } from './parse.ts';
import type { Project } from './project.ts';
import type { DatasetFile, ProjectFile } from './schema.ts';

/** Two values of a key, with what else they need. Where a table is given, its rows are read differently by each. */
export interface KeySample {
  readonly before: object;
  readonly after: object;
  readonly table?: string;
}

const rows = (header: string, row: (i: number) => string) =>
  `${[header, ...Array.from({ length: 40 }, (_, i) => row(i))].join('\n')}\n`;

/** Read by samples that bring no table of their own. */
export const SAMPLE_TABLE = rows(
  'x,city,y,label',
  (i) => `${i / 2},${['Rome', 'Oslo'][i % 2]},${((i * i) % 17) + 0.5},${['no', 'yes'][(i >> 1) % 2]}`,
);

const words = { target: 'label', metrics: ['f1'] };
const costs = (false_negative: number) => ({
  ...words,
  threshold: 'cost',
  cost: { false_positive: 1, false_negative },
});

const SPACES = {
  random_forest: {
    max_depth: { type: 'int', low: 2, high: 9 },
    max_features: { type: 'categorical', choices: ['sqrt', null] },
  },
  gradient_boosting: { learning_rate: { type: 'float', low: 0.01, high: 0.3, log: true } },
};

/** Two values of every key of a dataset. */
export const datasetSamples: Record<keyof DatasetFile, KeySample> = {
  path: { before: {}, after: { path: 'copy.csv' } },
  sha256: { before: {}, after: { sha256: sha256Hex(new TextEncoder().encode(SAMPLE_TABLE)) } },
  generator: { before: {}, after: { generator: { id: 'california_housing', rows: 40, current: 'later.csv' } } },
  delimiter: {
    before: { delimiter: ';', metrics: undefined },
    after: { delimiter: '|', metrics: undefined },
    table: rows('y;a|y', (i) => `${i % 4};${i % 3}|${i % 5}`),
  },
  decimal: { before: {}, after: { decimal: ',' }, table: rows('x;y', (i) => `${i % 7},5;${i}`) },
  thousands: {
    before: { decimal: ',' },
    after: { decimal: ',', thousands: '.' },
    table: rows('x;y', (i) => `1.${200 + (i % 7)},5;${i}`),
  },
  missing: {
    before: {},
    after: { missing: ['Rome'] },
  },
  target: { before: {}, after: { target: 'x' } },
  target_missing: { before: {}, after: { target_missing: 'drop' } },
  task: {
    before: { target: 'label', task: 'classification', metrics: undefined },
    after: { target: 'label', task: 'regression', metrics: undefined },
    table: rows('x,label', (i) => `${i},${i % 3}`),
  },
  pos_label: { before: { ...words, pos_label: 'no' }, after: { ...words, pos_label: 'yes' } },
  columns: { before: {}, after: { columns: { x: 'ignore' } } },
  split: { before: {}, after: { split: { folds: 2, group: 'city' } } },
  metrics: { before: {}, after: { metrics: ['mae', 'r2'] } },
  models: {
    before: { models: { random_forest: { n_estimators: 5 } } },
    after: { models: { linear_regression: {}, random_forest: { n_estimators: 6 } } },
  },
  slices: { before: {}, after: { slices: ['city'] } },
  threshold: { before: words, after: { ...words, threshold: 0.3 } },
  cost: { before: costs(5), after: costs(10) },
  calibration: { before: words, after: { ...words, calibration: 'sigmoid' } },
  tuning: { before: { tuning: { sampler: 'random' } }, after: { tuning: { sampler: 'random', spaces: SPACES } } },
  gates: {
    before: { gates: { r2: { min: 0 } } },
    after: { gates: { model: 'dummy', r2: { min: 0.1 }, model_bytes: { max_rise: '20%' } } },
  },
  drift: { before: { drift: { max_share: 0.3 } }, after: { drift: { max_share: 0.5, numeric: 'ks' } } },
};

/** Two values of every key of a project; of `version` there is one. */
export const projectSamples: Record<Exclude<keyof ProjectFile, 'datasets' | 'version'>, KeySample> = {
  models: { before: {}, after: { models: { gradient_boosting: { learning_rate: 0.3 } } } },
  tuning: { before: {}, after: { tuning: { trials: 9, timeout: 60, spaces: SPACES } } },
  drift: {
    before: { drift: { current: 'new.csv', max_share: 0.3 } },
    after: { drift: { reference: 'old.csv', max_share: 0.5, fail: false, thresholds: { wasserstein: 0.2 } } },
  },
  tracking: {
    before: {},
    after: { tracking: { branch: 'history', branches: ['main', 'release/*'], evidence: 'off' } },
  },
  baseline: {
    before: { baseline: { champion: 'v1' } },
    after: { baseline: { champion: 'v2', remake: 'never', max_age: '14 days' } },
  },
  on_inconclusive: { before: {}, after: { on_inconclusive: 'fail' } },
  on_not_comparable: { before: {}, after: { on_not_comparable: 'pass' } },
  accept: { before: {}, after: { accept: 'admin' } },
  on_data_change: { before: {}, after: { on_data_change: 'accept' } },
};

export const FILE = 'mlops.yml';

/** A project file whose one dataset `d` has these keys. */
export function sampleText(dataset: object, project: object = {}): string {
  const d = { path: 'd.csv', target: 'y', metrics: ['r2'], models: ['dummy'], ...dataset };
  return stringify({ ...project, datasets: { d } });
}

export function sampleProject(dataset: object, project: object = {}): Project {
  return parseProject(sampleText(dataset, project), FILE);
}
