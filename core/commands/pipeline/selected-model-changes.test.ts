import { expect, it } from 'vitest';
import { createRandom } from '../../random/random.ts';
import { headline } from '../../report/headline.ts';
import { toTerminal } from '../../report/to-terminal.ts';
import { runProject } from './run-project.fixture.ts';

const random = createRandom(3, 'selected-model-changes');
const rows = Array.from({ length: 120 }, () => {
  const x = random.normal();
  return `${x.toFixed(4)},${(2 * x + 0.5 * random.normal()).toFixed(4)}`;
});
const tables = { 'd.csv': `x,y\n${rows.join('\n')}\n` };
const withModels = (models: string) =>
  `datasets: { d: { path: d.csv, target: y, metrics: [r2], models: ${models}, gates: { r2: { min: -1 } } } }`;

it.each([
  ['removes the best model', '[dummy, linear_regression]', '[dummy]', 'linear_regression', 'dummy'],
  ['adds a better model', '[dummy]', '[dummy, linear_regression]', 'dummy', 'linear_regression'],
])('the report of a change that %s names both models', async (_, old, own, before, after) => {
  const base = withModels(old);
  const main = await runProject({ yml: base, tables, place: 'tracked_branch' });
  const { report } = await runProject({ yml: withModels(own), base, tables, sha: '2', earlier: [main.ports] });
  expect(report.datasets[0]).toMatchObject({
    selectionChange: { before: { model: before }, after: { model: after } },
  });
  const { verdict } = report;
  const passed = { ...report, verdict: verdict && { ...verdict, outcome: 'pass' as const, missing: [] } };
  expect(toTerminal(headline(passed))).toMatch(new RegExp(`r2 .*\\d \\(${before}\\) → .*\\d \\(${after}\\)`));
});

it('the headline of a change that selects the same model names none', async () => {
  const yml = withModels('[dummy, linear_regression]');
  const before = await runProject({ yml, tables, place: 'tracked_branch' });
  const { report } = await runProject({ yml, base: yml, tables, sha: '2', earlier: [before.ports] });
  expect(report.datasets[0]).not.toHaveProperty('selectionChange');
  expect(toTerminal(headline(report))).toContain('no metric changed');
});
