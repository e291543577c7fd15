import { describe, expect, it } from 'vitest';
import { generators } from '../../datasets/index.ts';
import { ConfigError } from '../../errors/app-error.ts';
import { writeCsv } from '../../table/csv-writer.ts';
import { predictTable } from '../predict/predict-table.ts';
import { runProject } from './run-project.fixture.ts';

const TABLE = writeCsv(generators.get('customer_churn').generate({ rows: 400, seed: 3 }));

async function trained(keys: string, target = 'Churn', extra = '') {
  const yml = `datasets:
  churn:
    path: churn.csv
    target: ${target}
    metrics: [${target === 'Churn' ? 'f1, recall, log_loss' : 'r2'}]
    models: { ${target === 'Churn' ? 'logistic_regression' : 'linear_regression'}: {} }
    ${keys}
${extra}`;
  const { runs, ports } = await runProject({ yml, tables: { 'churn.csv': TABLE } });
  return { run: runs[0]!, ports };
}

describe('a dataset with a threshold or calibration', () => {
  it('decides by the threshold that inner folds found, records it, and predicts by it later', async () => {
    const plain = await trained('');
    const { run, ports } = await trained('threshold: cost\n    cost: { false_negative: 20 }');
    expect(run.params).toMatchObject({ threshold: 'cost', false_positive: 1, false_negative: 20 });
    expect(run.threshold).toBeLessThan(0.3);
    expect(run.metrics.recall!.outOfFold.value).toBeGreaterThan(plain.run.metrics.recall!.outOfFold.value! + 0.1);
    expect(run.metrics.log_loss).toEqual(plain.run.metrics.log_loss);
    const { columns } = await predictTable(ports, { model: run.id, data: 'churn.csv', explain: false });
    const decided = columns.find(({ name }) => name === 'prediction')!;
    const likely = columns.find(({ name }) => name === 'probability_Yes')!;
    if (decided.kind !== 'categorical' || likely.kind !== 'numeric') throw new TypeError('other columns than expected');
    for (const [row, p] of likely.values.entries()) {
      expect(decided.categories[decided.codes[row]!]).toBe(p > run.threshold! ? 'Yes' : 'No');
    }
  });

  it('is another configuration with calibration', async () => {
    const { run } = await trained('calibration: sigmoid');
    expect(run.params).toMatchObject({ calibration: 'sigmoid' });
    expect(run.threshold).toBe(0.5);
  });

  it.each([
    ['calibration: isotonic', /calibration does not suit a continuous target/],
    ['threshold: f1', /threshold does not suit a continuous target/],
    ['threshold: cost', /needs `cost`/],
    ['cost: { false_negative: 2 }', /has no effect/],
    ['threshold: 1', /threshold/],
  ])('refuses "%s" where it means nothing', async (keys, message) => {
    const attempt = trained(keys, 'MonthlyCharges');
    await expect(attempt).rejects.toThrow(ConfigError);
    await expect(attempt).rejects.toThrow(message);
  });
});
