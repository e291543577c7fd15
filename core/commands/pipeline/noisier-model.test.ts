import { describe, expect, it } from 'vitest';
import { testOf } from '../../comparison/judge.fixture.ts';
import { parseProject } from '../../config/parse.ts';
import { createRandom } from '../../random/random.ts';
import type { Run } from '../../tracking/run.ts';
import { mostLimits } from './noisier-model.ts';
import { runProject } from './run-project.fixture.ts';

/** 150 rows whose target follows one of three features. */
const table = (() => {
  const random = createRandom(5, 'noisier');
  const rows = Array.from({ length: 150 }, () => {
    const [a, b, c] = [random.normal(), random.normal(), random.normal()];
    return [a, b, c, a + 0.5 * b * c + random.normal()].map((value) => value!.toFixed(3)).join(',');
  });
  return `a,b,c,y\n${rows.join('\n')}\n`;
})();
const yml = (trees: number, limit = 0.3) => `datasets:
  toy:
    path: toy.csv
    target: y
    metrics: [rmse]
    models: { random_forest: { n_estimators: ${trees} } }
    gates: { rmse: { max_drop: ${limit} } }
`;
const tables = { 'toy.csv': table };
const before = await runProject({ yml: yml(60), tables, place: 'tracked_branch' });
const changed = (text: string, place?: 'tracked_branch') =>
  runProject({ yml: text, tables, sha: '2', earlier: [before.ports], ...(place && { place }) });

describe('a candidate that is noisier than its baseline', () => {
  it('is trained to ten repeats, and judged on those', async () => {
    const { runs, ports, report } = await changed(yml(2));
    expect(runs).toHaveLength(1);
    expect(runs[0]!.split.repeats).toBe(10);
    expect((await ports.evidence.get(runs[0]!.id))!.evidence.repeats).toHaveLength(10);
    expect(runs[0]!.metrics.rmse!.seedNoise!.df).toBeGreaterThan(9);
    expect(report.verdict!.gates[0]).toMatchObject({ metric: 'rmse' });
    expect(testOf(report.verdict!.gates[0]).baseline).toBeCloseTo(before.runs[0]!.metrics.rmse!.outOfFold.value!, 2);
  });
  it('keeps the model of its first training', async () => {
    const alone = await runProject({ yml: yml(2), tables });
    const { runs } = await changed(yml(2));
    expect(runs[0]!.modelSha256).toBe(alone.runs[0]!.modelSha256);
    expect(runs[0]!.inputsSha256).toBe(alone.runs[0]!.inputsSha256);
  });
  it.each<[string, string, ('tracked_branch' | undefined)?]>([
    ['whose drop is proved', yml(2, 0)],
    ['whose drop past the limit is excluded', yml(2, 3)],
    ['that becomes a baseline itself', yml(2), 'tracked_branch'],
    ['that is none', yml(59)],
  ])('is not, %s', async (_, text, place) => {
    const { runs } = await changed(text, place);
    expect(runs[0]!.split.repeats).toBe(2);
  });
});

it('a noisier model that takes the place of one that the change drops is trained to ten repeats, too', async () => {
  const models = (listed: string) => yml(60).replace(/models: .*/, `models: { ${listed} }`);
  const few = 'mljs_random_forest: { n_estimators: 2 }';
  const base = models(`random_forest: { n_estimators: 60 }, ${few}`);
  const main = await runProject({ yml: base, tables, place: 'tracked_branch' });
  const both = { tables, base, sha: '2', earlier: [main.ports] };
  const repeatsOf = ({ runs }: { readonly runs: readonly Run[] }) =>
    runs.map(({ model, split }) => [model, split.repeats]);
  const dropped = await runProject({ ...both, yml: models(few) });
  expect(repeatsOf(dropped)).toContainEqual(['mljs_random_forest', 10]);
  expect(dropped.report.verdict!.gates[0]).toMatchObject({ replacedBy: 'mljs_random_forest' });
  const kept = await runProject({ ...both, yml: base });
  expect(repeatsOf(kept)).toContainEqual(['mljs_random_forest', 2]);
});

describe('mostLimits', () => {
  const { datasets } = parseProject(
    `datasets:
  a: { path: a.csv, target: y, gates: { r2: { max_drop: 0.1 }, mae: { max: 3 } } }
  b: { path: b.csv, target: y, slices: [x, z], gates: { rmse: { max_drop: 1% }, slices: { rmse: { max_drop: 2% } } } }
`,
    'mlops.yml',
  );
  const [a, b] = datasets.map((config) => ({ config, models: [1, 2, 3] }));

  it('counts limits, of each slice there can be too, for each model that may be as good', () => {
    expect(mostLimits({ ...a!, addsRows: false }, [])).toBe(3);
    expect(mostLimits({ ...b!, addsRows: false }, [])).toBe(3 * (1 + 40));
    expect(mostLimits({ ...a!, models: [], addsRows: false }, [])).toBe(1);
  });
  it('counts them twice where the model may be trained twice', () => {
    expect(mostLimits({ ...a!, addsRows: true }, [])).toBe(6);
    expect(mostLimits({ ...a!, addsRows: false }, [b!])).toBe(3 + 2 * 3 * 41);
  });
});
