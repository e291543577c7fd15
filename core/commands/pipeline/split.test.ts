import { describe, expect, it } from 'vitest';
import { testOf } from '../../comparison/judge.fixture.ts';
import { createRandom } from '../../random/random.ts';
import { runProject } from './run-project.fixture.ts';

/** Visits of 60 customers over 300 days, whose spending follows a trait of the customer and the number of items. */
function visits(nDays: number, added = ''): string {
  const random = createRandom(11, 'visits');
  const traits = Float64Array.from({ length: 60 }, () => random.normal());
  const rows = Array.from({ length: nDays }, (_, day) => {
    const customer = random.integer(60);
    const items = random.integer(9);
    const date = new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10);
    return `${date},c${customer},${items},${(items + 3 * traits[customer]! + random.normal()).toFixed(3)}`;
  });
  return `day,customer,items,spent\n${rows.join('\n')}\n${added}`;
}
const project = (split: string) => `datasets:
  visits:
    path: visits.csv
    target: spent
    metrics: [rmse]
    models: { linear_regression: {} }
    split: ${split}
    gates: { rmse: { max_drop: 0.05 } }
`;

async function judged(split: string, tables: readonly [string, string]) {
  const yml = project(split);
  const before = await runProject({ yml, tables: { 'visits.csv': tables[0] } });
  const after = await runProject({ yml, tables: { 'visits.csv': tables[1] }, sha: '2', earlier: [before.ports] });
  return { before: before.runs[0]!, after: after.runs[0]!, verdict: after.report.verdict! };
}

describe('a split by groups', () => {
  it('tests customers that no model of theirs has seen, and takes their visits together as noise', async () => {
    const { after, verdict } = await judged('{ group: customer }', [visits(300), visits(300)]);
    expect(after.split).toMatchObject({ folds: 5, group: 'customer' });
    expect(after.data.columns.find(({ name }) => name === 'customer')).toMatchObject({ kind: 'group' });
    expect(after.data.keyColumns).toContain('customer');
    const alone = await judged('{}', [visits(300), visits(300)]);
    const spread = (run: typeof after) => run.metrics.rmse!.outOfFold.se!;
    expect(spread(after)).toBeGreaterThan(1.3 * spread(alone.after));
    expect(verdict.gates[0]).toMatchObject({ outcome: 'pass', compared: { drop: 0, pairing: 'key' } });
  });
});

describe('a split in the order of time', () => {
  it('predicts what is later, keeps its cuts when days are added, and judges the days that both predicted', async () => {
    const { before, after, verdict } = await judged('{ time: day, gap: 2, folds: 4 }', [visits(300), visits(320)]);
    expect(before.split).toMatchObject({ folds: 4, time: 'day', gap: 2 });
    expect(before.split.cuts).toHaveLength(4);
    expect(after.split.cuts).toEqual(before.split.cuts);
    expect(before.metrics.rmse!.outOfFold.n).toBe(240);
    expect(before.data).toMatchObject({ trainRows: 238, testRows: 60 });
    // New rows moved the target's mean and spread, on which predictions are rounded; the models are the same.
    const { drop, degreesOfFreedom } = testOf(verdict.gates[0]);
    expect(Math.abs(drop)).toBeLessThan(0.001);
    expect([verdict.gates[0]!.outcome, degreesOfFreedom]).toEqual(['pass', 19]);
    expect(verdict.evaluationSets[0]).toMatchObject({ shared: 300, added: 20 });
  });
});
