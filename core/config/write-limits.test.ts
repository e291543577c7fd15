import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ConfigError } from '../errors/app-error.ts';
import { withLimits } from './write-limits.ts';

const text = `# our project
version: 1
datasets:
  churn: # the customers
    path: data/churn.csv
    target: Churn
    metrics: [roc_auc, f1]
    gates:
      roc_auc: { min: 0.8 } # agreed in May
  sales: { path: sales.csv, target: sold }
`;

describe('withLimits', () => {
  it('adds limits, and keeps comments, order and what was written', () => {
    const limits = [
      { dataset: 'churn', metric: 'roc_auc', maxDrop: 0.0032 },
      { dataset: 'sales', metric: 'r2', maxDrop: 0.01 },
    ];
    expect(withLimits(text, 'mlops.yml', limits)).toBe(
      text
        .replace('{ min: 0.8 } #', '{ min: 0.8, max_drop: 0.0032 } #')
        .replace('target: sold }', 'target: sold, gates: { r2: { max_drop: 0.01 } } }'),
    );
  });

  it('replaces a limit that is there', () => {
    const before = text.replace('min: 0.8', 'max_drop: 5%');
    expect(withLimits(before, 'mlops.yml', [{ dataset: 'churn', metric: 'roc_auc', maxDrop: 0.01 }])).toBe(
      text.replace('min: 0.8', 'max_drop: 0.01'),
    );
  });

  it('changes nothing but the limits of a long file, wherever they stand', () => {
    const long = readFileSync(new URL('../../mlops.yml', import.meta.url), 'utf8');
    const limits = ['california_housing', 'credit_fraud', 'customer_churn'].flatMap((dataset) =>
      ['r2', 'mae', 'f1'].map((metric) => ({ dataset, metric, maxDrop: 0.123 })),
    );
    const expected = parse(long);
    for (const { dataset, metric } of limits) {
      const { gates } = expected.datasets[dataset];
      gates[metric] = { ...gates[metric], max_drop: 0.123 };
    }
    const written = withLimits(long, 'mlops.yml', limits);
    expect(parse(written)).toEqual(expected);
    expect(written.split('\n').filter((line) => !long.includes(line)).length).toBeLessThanOrEqual(9);
  });

  it.each([
    ['gates without a value', 'gates:\n'],
    ['empty gates', 'gates: {}\n'],
    ['a metric without a value', 'gates: { r2: }\n'],
  ])('writes into %s', (_, gates) => {
    const before = `datasets:\n  a:\n    path: a.csv\n    target: y\n    ${gates}`;
    const after = parse(withLimits(before, 'mlops.yml', [{ dataset: 'a', metric: 'r2', maxDrop: 0.5 }]));
    expect(after.datasets.a).toEqual({ path: 'a.csv', target: 'y', gates: { r2: { max_drop: 0.5 } } });
  });

  it('refuses what it cannot write into', () => {
    const limit = [{ dataset: 'churns', metric: 'r2', maxDrop: 0.01 }];
    expect(() => withLimits(text, 'mlops.yml', limit)).toThrow(ConfigError);
  });
});
