import { describe, expect, it } from 'vitest';
import { parseProject } from '../../config/parse.ts';
import { generators } from '../../datasets/index.ts';
import { ConfigError } from '../../errors/app-error.ts';
import { writeCsv } from '../../table/csv-writer.ts';
import { someWorld } from '../ports.fixture.ts';
import { predictTable } from '../predict/predict-table.ts';
import { runPipeline } from './run-pipeline.ts';

const TABLE = writeCsv(generators.get('customer_churn').generate({ rows: 400, seed: 3 }));

async function trained(keys: string, target = 'Churn', extra = '') {
  const ports = await someWorld({ files: { 'churn.csv': TABLE }, sha: '1' });
  const text = `datasets:
  churn:
    path: churn.csv
    target: ${target}
    metrics: [${target === 'Churn' ? 'f1, recall, log_loss' : 'r2'}]
    models: { ${target === 'Churn' ? 'logistic_regression' : 'linear_regression'}: {} }
    ${keys}
${extra}`;
  const { runs } = await runPipeline(ports, {
    command: 'train',
    steps: { generate: false, train: true, judge: false },
    project: parseProject(text, 'mlops.yml'),
    base: null,
    datasets: [],
    models: [],
    force: false,
    evidence: 'artifact' as const,
    about: { place: 'laptop', changedFiles: null, runUrl: null, warnings: () => [] },
  });
  return { run: runs[0]!, ports };
}

describe('a data set with a threshold or calibration', () => {
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
    ['threshold: cost', /nothing says what wrong decisions cost/],
    ['cost: { false_negative: 2 }', /is not used/],
    ['threshold: 1', /threshold/],
  ])('refuses "%s" where it means nothing', async (keys, message) => {
    const attempt = trained(keys, 'MonthlyCharges');
    await expect(attempt).rejects.toThrow(ConfigError);
    await expect(attempt).rejects.toThrow(message);
  });
});
