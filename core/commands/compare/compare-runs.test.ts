import { describe, expect, it } from 'vitest';
import type { EvaluatedRun } from '../../comparison/compare-models.ts';
import { anEvaluatedRun, someRows } from '../../comparison/evaluated-run.fixture.ts';
import { runComparisonSchema } from '../../comparison/run-comparison.ts';
import { parseProject } from '../../config/parse.ts';
import { ConfigError } from '../../errors/app-error.ts';
import { metrics } from '../../metrics/index.ts';
import { renderRunComparison } from '../../report/run-comparison.ts';
import { timesInTurn } from '../../tracking/run.fixture.ts';
import type { Run } from '../../tracking/run.ts';
import { compareRuns } from './compare-runs.ts';

const ROWS = someRows(200);
const evaluatedRunOf = (
  options: Parameters<typeof anEvaluatedRun>[1] = {},
  changes: Partial<Run> = {},
  rows = ROWS,
): EvaluatedRun => {
  const { run, predictions } = anEvaluatedRun(rows, options);
  return {
    run: { ...run, task: 'regression', target: 'y', targetType: 'continuous', classes: [], ...changes },
    predictions,
  };
};
const gated = (gates: string, target = 'y') =>
  parseProject(
    `datasets: { churn: { path: a.csv, target: ${target}, metrics: [r2], gates: { ${gates} } } }`,
    'mlops.yml',
  );
const COSTS = { fitSeconds: 20, predictSeconds: 1, cpu: { fitSeconds: 20, predictSeconds: 1 } };
const BEFORE = evaluatedRunOf({ error: 0.3 });
const WORSE = evaluatedRunOf({ error: 0.6, model: 'ridge' });

describe('compareRuns', () => {
  it('finds no difference between a run and itself', () => {
    const { comparison, verdict } = compareRuns(BEFORE, BEFORE, null);
    expect(comparison).toMatchObject({ pairing: 'key', rows: { shared: 200, gone: 0 } });
    expect(comparison.metrics).toEqual([
      expect.objectContaining({ metric: 'r2', delta: 0, standardError: 0, pValue: 1 }),
    ]);
    expect(verdict).toBe(null);
  });

  it('pairs two models row by row, tests both ways, and turns round with its arguments', () => {
    const [there] = compareRuns(BEFORE, WORSE, null).comparison.metrics;
    const [back] = compareRuns(WORSE, BEFORE, null).comparison.metrics;
    expect(there!.delta).toBeLessThan(-0.1);
    expect(back!.delta).toBeCloseTo(-there!.delta!, 12);
    expect(there!.pValue).toBeLessThan(0.001);
    expect(back!.pValue).toBeCloseTo(there!.pValue!, 12);
  });

  it('is far surer of a small difference with pairs than without', () => {
    const close = evaluatedRunOf({ error: 0.31 });
    const without = ({ run }: EvaluatedRun): EvaluatedRun => ({ run, predictions: null });
    const [paired] = compareRuns(BEFORE, close, null).comparison.metrics;
    const recorded = compareRuns(without(BEFORE), without(close), null).comparison;
    expect(paired!.pValue).toBeLessThan(0.01);
    expect(recorded.pairing).toBe('unpaired');
    expect(recorded.metrics[0]).toMatchObject({ baseline: 0.8, candidate: 0.8, delta: 0, pValue: 1 });
    expect(recorded.notes.join('\n')).toMatch(
      /the predictions of the baseline \S+ are not stored here[\s\S]*the predictions of the candidate \S+ are not stored here/,
    );
    expect(recorded.notes).toContainEqual(expect.stringContaining('not paired'));
  });

  it('says when data, rows and models differ', () => {
    const fewer = someRows(150, {
      keys: ROWS.keys.slice(0, 150),
      target: ROWS.target!.slice(0, 150).map((y, i) => (i < 2 ? y + 1 : y)),
    });
    const data = { ...WORSE.run.data, sha256: 'f'.repeat(64), path: 'b.csv', rows: 150 };
    const other = evaluatedRunOf({ model: 'ridge' }, { git: { ...BEFORE.run.git, dirty: true } }, fewer);
    const { notes, rows } = compareRuns(BEFORE, { ...other, run: { ...other.run, data } }, null).comparison;
    expect(rows).toMatchObject({ shared: 150, gone: 50, relabelled: 2, added: 0 });
    expect(notes).toEqual([
      'different models: random_forest and ridge',
      expect.stringMatching(/^different data: .*200 rows.* and b\.csv \(150 rows, sha256 ffffffff\)$/),
      'the candidate was trained with uncommitted changes',
      'paired by key on 148 rows; of 200 baseline rows 50 were removed and 2 have another target',
      'gates are not judged: mlops.yml has no dataset "churn"',
    ]);
  });

  it('says that the targets of the baseline are unknown, where they are no longer stored', () => {
    const { run, predictions } = evaluatedRunOf({ error: 0.3 }, { data: { ...BEFORE.run.data, rowSet: 'another' } });
    const { target: _, ...rowSet } = predictions!.rowSet;
    const { comparison } = compareRuns({ run, predictions: { ...predictions!, rowSet } }, WORSE, null);
    expect(runComparisonSchema.parse(comparison).rows).toMatchObject({ shared: 200, targetsUnknown: true });
  });

  it('shows every metric of runs that share no row, as they were recorded', () => {
    const values = Object.fromEntries(
      metrics.all.filter(({ targetTypes }) => targetTypes.includes('continuous')).map(({ id }) => [id, { value: 0.5 }]),
    );
    const elsewhere = someRows(50, {
      dataset: 'fraud',
      keys: Float64Array.from({ length: 50 }, (_, i) => 7 + i * 1000),
    });
    const { comparison, verdict } = compareRuns(
      evaluatedRunOf({ metrics: values }),
      evaluatedRunOf({ metrics: values }, { dataset: 'fraud', target: 'z' }, elsewhere),
      gated('r2: { max_drop: 0 }'),
    );
    expect(comparison).toMatchObject({ pairing: 'unpaired', rows: { shared: 0 } });
    expect(comparison.metrics.map(({ metric }) => metric)).toEqual(Object.keys(values));
    for (const { baseline, candidate } of comparison.metrics) expect([baseline, candidate]).toEqual([0.5, 0.5]);
    expect(comparison.notes.slice(0, 2)).toEqual(['different datasets: churn and fraud', 'different targets: y and z']);
    expect(verdict).toBe(null);
  });

  it('shows a value without a standard error, and compares nothing that one side lacks', () => {
    const self = evaluatedRunOf(
      { metrics: { r2: { value: 0.9, se: null }, mae: { value: 1 } } },
      { measuredOn: 'self_reported' },
    );
    const { metrics: found, notes } = compareRuns(BEFORE, { ...self, predictions: null }, null).comparison;
    expect(found).toEqual([
      expect.objectContaining({
        metric: 'r2',
        candidate: 0.9,
        standardError: null,
        degreesOfFreedom: null,
        pValue: null,
      }),
    ]);
    expect(notes).toContain(
      "the candidate's numbers are self-reported: its command gave them, and they are not verified",
    );
  });

  it.each<[string, string, object]>([
    [
      'a drop past its limit',
      'r2: { max_drop: 0.01 }',
      { outcome: 'fail', gates: [{ reason: 'drop_past_limit', model: 'ridge' }] },
    ],
    ['a floor that both miss', 'r2: { min: 0.99 }', { outcome: 'pass', gates: [{ reason: 'not_made_worse' }] }],
    ['a limit far away', 'r2: { max_drop: 0.9 }', { outcome: 'pass' }],
    [
      'the gates of another model',
      'model: random_forest, r2: { max_drop: 0.01 }',
      { outcome: 'fail', gates: [{ model: 'ridge' }] },
    ],
  ])('judges by %s', (_, gates, expected) => {
    expect(compareRuns(BEFORE, WORSE, gated(gates)).verdict).toMatchObject(expected);
  });

  it('does not take the times of the candidate’s base commit for those of the other run', () => {
    const inTurn = timesInTurn([1, 1, 1], [9, 9, 9], { model: 'ridge' });
    const timed = evaluatedRunOf({}, { model: 'ridge', timings: { ...COSTS, inTurn } });
    const gate = compareRuns(evaluatedRunOf({}, { timings: COSTS }), timed, gated('fit_cpu_seconds: { max_rise: 20% }'))
      .verdict!.gates[0];
    expect(gate).toMatchObject({ kind: 'budget', outcome: 'pass', value: 2, baseline: 2 });
    expect(gate).not.toHaveProperty('inTurn');
  });

  it('fails on another evaluation set: rows that are gone let no gate pass', () => {
    const fewer = someRows(150, { keys: ROWS.keys.slice(0, 150), target: ROWS.target!.slice(0, 150) });
    const none = someRows(200, { keys: ROWS.keys.map((key) => key + 1), positions: ROWS.positions!.toReversed() });
    for (const rows of [fewer, none]) {
      const { verdict } = compareRuns(BEFORE, evaluatedRunOf({ error: 0.1 }, {}, rows), gated('r2: { max_drop: 0.5 }'));
      expect(verdict).toMatchObject({ outcome: 'fail', evaluationSets: [{ outcome: 'fail' }] });
    }
  });

  it.each([
    ['another target', gated('r2: { min: 0 }', 'price'), 'in mlops.yml the target is "price"'],
    ['no gate', gated(''), 'mlops.yml has none for churn'],
  ])('judges nothing where mlops.yml has %s, and says so', (_, project, note) => {
    const { verdict, comparison } = compareRuns(BEFORE, WORSE, project);
    expect(verdict).toBe(null);
    expect(comparison.notes.at(-1)).toBe(`gates are not judged: ${note}`);
  });

  it('refuses runs of different tasks', () => {
    expect(() => compareRuns(BEFORE, evaluatedRunOf({}, { task: 'classification' }), null)).toThrow(ConfigError);
  });

  it('reads well', () => {
    const { comparison, verdict } = compareRuns(BEFORE, WORSE, gated('r2: { max_drop: 0.01 }'));
    const text = renderRunComparison(BEFORE.run, WORSE.run, comparison, verdict);
    expect(text).toMatch(
      /baseline +candidate +Δ +± SE +p-value\nr2 ↑ +0\.\d{4} +0\.\d{4} +−0\.\d{4} +0\.\d{4} +< \.001\n/,
    );
    expect(text).toMatch(/- paired by key on 200 rows\n[\s\S]*❌ churn r2 \(ridge\) dropped by 0\.\d{4}/);
    expect(text).not.toContain('`');
  });
});
