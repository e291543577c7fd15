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

it('the headline of a change that adds a better model names both models', async () => {
  const base = withModels('[dummy]');
  const before = await runProject({ yml: base, tables, place: 'tracked_branch' });
  const yml = withModels('[dummy, linear_regression]');
  const { report } = await runProject({ yml, base, tables, sha: '2', earlier: [before.ports] });
  expect(report.datasets[0]).toMatchObject({
    selectedModel: 'linear_regression',
    baselineSelected: { model: 'dummy', value: expect.any(Number) },
  });
  expect(toTerminal(headline(report))).toMatch(/r2 .*\(dummy\) → 0\.9\d+ \(linear_regression\)/);
});

it('the headline of a change that selects the same model names none', async () => {
  const yml = withModels('[dummy, linear_regression]');
  const before = await runProject({ yml, tables, place: 'tracked_branch' });
  const { report } = await runProject({ yml, base: yml, tables, sha: '2', earlier: [before.ports] });
  expect(report.datasets[0]).not.toHaveProperty('baselineSelected');
  expect(toTerminal(headline(report))).toContain('no metric changed');
});
