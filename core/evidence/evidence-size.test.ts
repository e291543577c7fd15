import { describe, expect, it } from 'vitest';
import { readTarget } from '../dataset/target.ts';
import { generators } from '../datasets/index.ts';
import { prepareEvaluationSet } from '../evaluation/evaluation-set.ts';
import { decided, ofPositive } from '../models/predictions.ts';
import { createRandom } from '../random/random.ts';
import { createMemoryRecordFiles } from '../records/memory-record-files.ts';
import { createEvidenceStore } from './evidence-store.ts';
import { publishEvidence } from './published-evidence.ts';
import { quantise, rowSetOf } from './quantise.ts';

const TARGETS = { california_housing: 'MedHouseVal', credit_fraud: 'Class', customer_churn: 'Churn' };
/** A forest is trained twice, boosting and a linear model once. */
const REPEATS = { forest: 2, boosting: 1, linear: 1 };
const MEGABYTE = 1_000_000;

const bytesOf = (files: ReadonlyMap<string, Uint8Array>) =>
  [...files.values()].reduce((sum, { length }) => sum + length, 0);

describe('the evidence of nine runs on the three built-in datasets', async () => {
  const kept = new Map<string, Uint8Array>();
  const plan = { folds: 5, group: null, time: null, gap: 0 };
  const published = new Map<string, Uint8Array>();
  const random = createRandom(1, 'predictions');
  const store = createEvidenceStore(createMemoryRecordFiles(kept));
  for (const [dataset, name] of Object.entries(TARGETS)) {
    const generator = generators.get(dataset);
    const table = generator.generate({ rows: generator.defaultRows, seed: 42 });
    const target = readTarget(table, { file: dataset, target: name, task: null, posLabel: null });
    const keyColumns = table.columns.map((column) => column.name).filter((column) => column !== name);
    const rowSet = rowSetOf(
      prepareEvaluationSet({ dataset, file: dataset, table, target, keyColumns, plan, cuts: null }),
    );
    for (const [model, repeats] of Object.entries(REPEATS)) {
      const evidence = {
        run: `20261124-073812-${dataset}-${model}-00000000`,
        rowSet: rowSet.id,
        repeats: Array.from({ length: repeats }, () => {
          const scores = Float64Array.from({ length: table.nRows }, () => random.normal());
          const predictions = rowSet.scale ? { outputs: scores, nClasses: 0 } : ofPositive(scores);
          return quantise(rowSet, { ...decided(predictions), predictedClass: new Float64Array(table.nRows) }, false);
        }),
      };
      await store.put(rowSet, [evidence]);
      for (const [path, bytes] of publishEvidence({ rowSet, evidence }).files) published.set(path, bytes);
    }
  }

  it('is less than a megabyte as it is kept, targets included', () => {
    expect(kept.size).toBe(12);
    expect(bytesOf(kept)).toBeLessThan(MEGABYTE);
  });

  it('is less than 0.65 MB as it is published', () => {
    expect(published.size).toBe(12);
    expect(bytesOf(published)).toBeLessThan(0.65 * MEGABYTE);
  });
});
