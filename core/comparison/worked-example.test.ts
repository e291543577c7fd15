import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { toFloat16 } from '../evidence/float16.ts';
import { compareModels, type EvaluatedRun } from './compare-models.ts';
import { anEvaluatedRun, someRows } from './evaluated-run.fixture.ts';
import { testOf } from './judge.fixture.ts';
import { judge } from './judge.ts';

const text = readFileSync(new URL('../../docs/verdict.md', import.meta.url), 'utf8').replace(/\s+/g, ' ');
const table = [...text.matchAll(/\| (\d+) \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) (?=\|)/g)].map((row) =>
  row.slice(2).map(Number),
);

it('the example in docs/verdict.md is what the code does', () => {
  expect(table).toHaveLength(10);
  const column = (i: number) => Float64Array.from(table, (row) => row[i]!);
  const rowSet = someRows(10, { target: column(0) });
  const evaluatedRun = (predicted: Float64Array): EvaluatedRun => {
    const { run } = anEvaluatedRun(rowSet, { metrics: { mae: { value: 1 } } });
    const repeats = [{ predictions: Uint16Array.from(predicted, toFloat16), decisions: new Uint8Array(0) }];
    return { run, predictions: { rowSet, evidence: { run: run.id, rowSet: rowSet.id, repeats } } };
  };
  const baseline = evaluatedRun(column(1));
  const candidate = evaluatedRun(column(2));
  const { outcome, gates } = judge(
    [
      {
        dataset: 'churn',
        gates: { model: null, byMetric: { mae: { max_drop: 0.1 } }, byBudget: {}, bySlice: {} },
        metrics: ['mae'],
        models: ['random_forest'],
        listed: ['random_forest'],
        slices: [],
        candidate: new Map([['random_forest', candidate]]),
        baseline: new Map([['random_forest', baseline]]),
        comparisons: new Map([['random_forest', compareModels(baseline, candidate, ['mae'])]]),
      },
    ],
    { onDataChange: 'fail' },
  );
  const { baseline: before, value, drop, standardError, degreesOfFreedom, pValue, smallestDrop } = testOf(gates[0]);
  const stated = [
    ['(mean **$**)', before, 1],
    ['(mean **$**)', value, 2],
    ['= **$**', drop, 2],
    ['/ (10 · 9)) = **$**', standardError, 5],
    ['= **$** with 9 degrees', drop / standardError, 3],
    ['p = **$**', pValue, 6],
    ['0.05528: **$**', smallestDrop, 4],
  ] as const;
  for (const [sentence, number, decimals] of stated)
    expect(text).toContain(sentence.replace('$', number.toFixed(decimals)));
  expect(degreesOfFreedom).toBe(9);
  expect(text).toContain(`p ≤ .01: **${outcome}**`);
});
