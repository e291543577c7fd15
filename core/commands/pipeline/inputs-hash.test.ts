import { describe, expect, it } from 'vitest';
import { datasetKeys } from '../../config/dataset-keys.ts';
import { datasetSamples, type KeySample, SAMPLE_TABLE, sampleProject } from '../../config/key-samples.fixture.ts';
import { trainable } from '../../config/planned-models.ts';
import { rowSetOf } from '../../evidence/quantise.ts';
import { someWorld } from '../ports.fixture.ts';
import { inputsHash } from './inputs-hash.ts';
import { evaluationSetOf, loadDataset, NOTHING_INHERITED } from './load-dataset.ts';

/** The hash of the inputs of the model that both values of a sample have. */
async function hashOf(given: object, model: string, table = SAMPLE_TABLE): Promise<string> {
  const project = sampleProject(given);
  const ports = await someWorld({ files: { 'd.csv': table, 'copy.csv': table }, sha: '1' });
  const dataset = await loadDataset(project.datasets[0]!, { project, base: null, chosen: [] }, ports);
  const { keyColumns } = dataset.columns;
  const rowSet = rowSetOf(evaluationSetOf(dataset, keyColumns, NOTHING_INHERITED)).id;
  const own = trainable(dataset.models).find(({ id }) => id === model)!;
  return inputsHash(dataset, { keyColumns, rowSet }, own, ports);
}

describe.each(datasetKeys)('the hash of inputs, by $key', ({ key, isInput }) => {
  const { before, after, table }: KeySample = datasetSamples[key as keyof typeof datasetSamples];
  const model = key === 'models' ? 'random_forest' : 'dummy';

  it(isInput ? 'changes with its value' : 'does not depend on it', async () => {
    const [one, other] = [await hashOf(before, model, table), await hashOf(after, model, table)];
    expect(one !== other).toBe(isInput);
  });
  it('is the same for the same value', async () => {
    expect(await hashOf(structuredClone(after), model, table)).toBe(await hashOf(after, model, table));
  });
});

describe('the hash of inputs', () => {
  it.each<[string, object, object]>([
    ['a default that is written out', {}, { task: 'regression', delimiter: ',', columns: { x: 'numeric' } }],
    ['another model', { models: ['dummy'] }, { models: { dummy: {}, random_forest: { n_estimators: 3 } } }],
    ['keys in another order', { split: { folds: 4, seed: 1 } }, { split: { seed: 1, folds: 4 } }],
  ])('does not change with %s', async (_, before, after) => {
    expect(await hashOf(after, 'dummy')).toBe(await hashOf(before, 'dummy'));
  });
});
