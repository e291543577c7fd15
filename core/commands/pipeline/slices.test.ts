import { describe, expect, it } from 'vitest';
import type { GateResult } from '../../comparison/gate-result.ts';
import { testOf } from '../../comparison/judge.fixture.ts';
import { ConfigError, DataError } from '../../errors/app-error.ts';
import { createRandom } from '../../random/random.ts';
import { renderMarkdown } from '../../report/markdown.ts';
import { runProject } from './run-project.fixture.ts';

/** Sales in three shops: what `price` tells in the north and south is hidden in `hint` for the west, a small one. */
function sales(): string {
  const random = createRandom(5, 'sales');
  const rows = Array.from({ length: 600 }, (_, i) => {
    const shop = i % 12 === 0 ? 'west' : i % 2 === 0 ? 'north' : 'south';
    const price = random.normal();
    const hint = shop === 'west' ? random.normal() : 0;
    const sold = (shop === 'west' ? 3 * hint : 2 * price) + 0.5 * random.normal();
    return `${i},${shop},${price.toFixed(4)},${hint.toFixed(4)},${sold.toFixed(4)}`;
  });
  return `id,shop,price,hint,sold\n${rows.join('\n')}\n`;
}
const project = (gates: string, slices = 'slices: [shop]') => `datasets:
  sales:
    path: sales.csv
    target: sold
    metrics: [rmse]
    columns: { id: id, shop: categorical }
    ${slices}
    models: { gradient_boosting: { n_estimators: 30 } }
    gates: ${gates}
`;

async function judged(yml: string, after: string, changed = yml) {
  const main = await runProject({ yml, tables: { 'sales.csv': sales() } });
  return {
    before: main,
    after: await runProject({ yml: changed, tables: { 'sales.csv': after }, sha: '2', earlier: [main.ports] }),
  };
}

const sliceOf = (gate: GateResult) => ('slice' in gate ? gate.slice?.value : undefined);

describe('slices', () => {
  it('catch what happens to few rows, which all rows together hide', async () => {
    const text = project('{ rmse: { max_drop: 0.6 }, slices: { rmse: { max_drop: 0.6, max: 2.5 } } }');
    const withoutHint = text.replace('shop: categorical', 'shop: categorical, hint: ignore');
    const { before, after } = await judged(text, sales(), withoutHint);
    expect(before.runs[0]!.slices).toMatchObject([
      { column: 'shop', value: 'north', n: 250 },
      { column: 'shop', value: 'south', n: 300 },
      { column: 'shop', value: 'west', n: 50, metrics: { rmse: { n: 50 } } },
    ]);
    const gates = after.report.verdict!.gates;
    expect(gates.map((gate) => `${gate.kind} ${sliceOf(gate) ?? 'all'} ${gate.outcome}`)).toEqual([
      'floor north pass',
      'floor south pass',
      'floor west fail',
      'limit all pass',
      'limit north pass',
      'limit south pass',
      'limit west fail',
    ]);
    const west = testOf(gates.at(-1));
    expect(west.baseline).toBeCloseTo(before.runs[0]!.slices![2]!.metrics.rmse!.value!, 2);
    expect(west.pValue).toBeLessThan(west.adjustedPValue);
    const markdown = renderMarkdown(after.report);
    expect(markdown).toContain('rmse on `shop=west` (`gradient_boosting`)');
    expect(markdown).toContain('| `shop=west`');
  });

  it('move no number of the whole dataset, not even one that a bootstrap drew', async () => {
    const tables = { 'sales.csv': sales() };
    const yml = (slices: string) =>
      project('{ rmse: { max_drop: 0.6 } }', slices).replace('[rmse]', '[rmse, median_ae]');
    const sliced = await runProject({ yml: yml('slices: [shop]'), tables });
    const whole = await runProject({ yml: yml(''), tables });
    expect(sliced.runs[0]!.slices).toHaveLength(3);
    expect(sliced.runs[0]!.metrics).toEqual(whole.runs[0]!.metrics);
    expect(sliced.runs[0]!.data).toEqual(whole.runs[0]!.data);
    expect(whole.runs[0]!.metrics.median_ae!.outOfFold.se).toBe(0.019869185685890488);
  });

  it('of few rows are shown and not judged', async () => {
    const few = sales()
      .split('\n')
      .filter((row) => !/^[1-9]\d\d,west/.test(row))
      .join('\n');
    const text = `${project('{ slices: { rmse: { max_drop: 0.1, max: 0.001 } } }')}on_data_change: accept\n`;
    const { after } = await judged(text, few);
    const west = after.report.verdict!.gates.filter((gate) => sliceOf(gate) === 'west');
    expect(west).toMatchObject([
      { kind: 'floor', outcome: 'pass', reason: 'slice_too_small', value: null },
      { kind: 'limit', outcome: 'pass', reason: 'slice_too_small', compared: null },
    ]);
    expect(after.runs[0]!.slices![2]).toMatchObject({ n: 9, metrics: { rmse: { value: null, n: 9 } } });
  });

  it('are compared with nothing in a first run', async () => {
    const { before } = await judged(project('{ slices: { rmse: { max_drop: 0.1 } } }'), sales());
    expect(before.report.verdict!.gates).toMatchObject([1, 2, 3].map(() => ({ outcome: 'pass', reason: 'first_run' })));
  });

  it.each([
    [
      'gates without slices',
      project('{ slices: { rmse: { max_drop: 0.1 } } }', ''),
      ConfigError,
      /`gates.slices` needs `slices`/,
    ],
    [
      'a gate on a metric that is not listed',
      project('{ slices: { mae: { max: 1 } } }'),
      ConfigError,
      /`metrics` does not list it/,
    ],
    ['a column that is not there', project('{}', 'slices: [shops]'), DataError, /did you mean "shop"/],
    ['a column of many values', project('{}', 'slices: [price]'), DataError, /more than 20 different values/],
  ])('refuse %s', async (_, text, type, message) => {
    const attempt = judged(text, sales());
    await expect(attempt).rejects.toThrow(type);
    const error = await attempt.catch((each) => each);
    expect(JSON.stringify(error.problems).replaceAll('\\"', '"')).toMatch(message);
  });
});
