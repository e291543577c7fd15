import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { generators } from '../core/datasets/index.ts';
import { writeCsv } from '../core/table/csv-writer.ts';
import type { Suite } from './suite.ts';

type Scores = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** A score that a set must give, of a model of scikit-learn, for at least nine of ten seeds. */
interface Band {
  readonly model: string;
  readonly metric: string;
  readonly from: number;
  readonly to: number;
}

const SETS = [
  {
    id: 'california_housing',
    rows: 20_640,
    seeds: 10,
    split: 0.8,
    models: ['linear', 'forest', 'boosting'],
    bands: [
      { model: 'linear', metric: 'r2', from: 0.55, to: 0.65 },
      { model: 'forest', metric: 'r2', from: 0.79, to: 0.83 },
      { model: 'boosting', metric: 'r2', from: 0.81, to: 0.85 },
    ],
  },
  {
    id: 'customer_churn',
    rows: 7043,
    seeds: 10,
    split: 'folds',
    models: ['logistic', 'boosting_classifier'],
    bands: [
      { model: 'logistic', metric: 'accuracy', from: 0.78, to: 0.82 },
      { model: 'logistic', metric: 'roc_auc', from: 0.82, to: 0.86 },
      { model: 'boosting_classifier', metric: 'roc_auc', from: 0.81, to: 0.86 },
    ],
  },
  {
    id: 'credit_fraud',
    rows: 1_000_000,
    seeds: 1,
    split: 0.2,
    models: ['logistic', 'forest_classifier'],
    bands: [
      { model: 'forest_classifier', metric: 'roc_auc', from: 0.95, to: 1 },
      { model: 'forest_classifier', metric: 'f1', from: 0.75, to: 1 },
    ],
  },
] as const;

/** Whether the synthetic sets are as hard as what they imitate, by scikit-learn's own models. */
export const datasetsSuite: Suite = {
  id: 'datasets',
  title: 'The synthetic datasets, scored by scikit-learn',
  packages: ['scikit-learn==1.9.1', 'pandas==3.0.3'],
  async run({ python, log, folder, quick }) {
    const lines = [
      'Models have their defaults (forest: 100 trees; logistic regression: max_iter 1000), and seeds from 1 on. Houses use one split with four fifths for training, customers use five folds. Frauds are scored on 800,000 rows after training on 200,000, because 10,000 rows contain only twenty frauds.',
      '',
      '| Set | Rows | Model | Metric | Band | Mean (least–most) | Seeds within |',
      '| :-- | --: | :-- | :-- | :-- | :-- | --: |',
    ];
    for (const set of SETS) {
      const all: Scores[] = [];
      for (let seed = 1; seed <= (quick ? 1 : set.seeds); seed++) {
        const generator = generators.get(set.id);
        const path = join(folder, `${set.id}.csv`);
        const out = createWriteStream(path);
        out.end(writeCsv(generator.generate({ rows: quick ? Math.min(set.rows, 20_000) : set.rows, seed })));
        await finished(out);
        const { models, split } = set;
        all.push(python('datasets.py', { path, target: generator.target, models, split }) as Scores);
        log(`${set.id} ${seed}: ${JSON.stringify(all.at(-1))}`);
      }
      for (const band of set.bands) lines.push(bandLine(set.id, set.rows, band, all));
    }
    return lines;
  },
};

function bandLine(id: string, rows: number, { model, metric, from, to }: Band, all: readonly Scores[]): string {
  const values = all.map((scores) => scores[model]![metric]!);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const within = values.filter((value) => value >= from && value <= to).length;
  const name = model.replace('_classifier', '');
  return `| \`${id}\` | ${rows.toLocaleString('en-US')} | ${name} | ${metric} | ${from}–${to} | ${mean.toFixed(3)} (${Math.min(...values).toFixed(3)}–${Math.max(...values).toFixed(3)}) | ${within} of ${values.length} |`;
}
