import { describe, expect, it } from 'vitest';
import { runProject } from './run-project.fixture.ts';

const project = (gates: string) => `
datasets:
  d:
    path: d.csv
    target: y
    models: [linear_regression]
    metrics: [mae, mape]
    slices: [half]
    gates: ${gates}
`;
const table = (zeros: number) =>
  `x,half,y\n${Array.from({ length: 80 }, (_, i) => `${i % 17},${i % 2 ? 'a' : 'b'},${i < zeros ? 0 : (i % 17) + 1}`).join('\n')}\n`;
const run = (gates: string, zeros: number) =>
  runProject({ yml: project(gates), tables: { 'd.csv': table(zeros) }, place: 'tracked_branch' });

describe('a limit on shares of the target', () => {
  it.each([
    ['a share', '{ mape: { max_drop: 2% } }', 'datasets.d.gates.mape.max_drop'],
    ['a number', '{ mape: { max_drop: 0.1 } }', 'datasets.d.gates.mape.max_drop'],
    ['of slices', '{ slices: { mape: { max_drop: 2% } } }', 'datasets.d.gates.slices.mape.max_drop'],
  ])('is refused where a target is 0: %s', async (_title, gates, place) => {
    await expect(run(gates, 3)).rejects.toMatchObject({
      problems: [{ place, found: 'target "y" is 0 in 3 of 80 rows', next: expect.stringContaining('mae or rmse') }],
    });
  });
  it.each([
    ['no target is 0', '{ mape: { max_drop: 2% } }', 0],
    ['it is a bound', '{ mape: { max: 1e300 } }', 3],
    ['the limit is on another metric', '{ mae: { max_drop: 2% } }', 3],
  ])('holds where %s', async (_title, gates, zeros) => {
    expect((await run(gates, zeros)).report.verdict!.outcome).toBe('first_run');
  });
});
