import { describe, expect, it } from 'vitest';
import { parseProject } from '../../config/parse.ts';
import { generators } from '../../datasets/index.ts';
import { renderLimits } from '../../report/limits.ts';
import { writeCsv } from '../../table/csv-writer.ts';
import { someWorld } from '../ports.fixture.ts';
import { measureLimits } from './measure-limits.ts';

const TABLE = writeCsv(generators.get('california_housing').generate({ rows: 300, seed: 3 }));

async function measured(models: string, gates = '{}') {
  const ports = await someWorld({ files: { 'housing.csv': TABLE }, sha: '1' });
  const text = `datasets:
  housing: { path: housing.csv, target: MedHouseVal, metrics: [r2, rmse, max_error], models: ${models}, gates: ${gates} }
`;
  const [found] = await measureLimits(ports, { project: parseProject(text, 'mlops.yml'), datasets: [] });
  return { found: found!, ports };
}

describe('measureLimits', () => {
  it('tells the noise of a forest, what its gates catch and what would help', async () => {
    const { found, ports } = await measured('{ random_forest: { n_estimators: 5 } }', '{ rmse: { max_drop: 1% } }');
    expect(found).toMatchObject({ dataset: 'housing', model: 'random_forest', rows: 300, repeats: 2 });
    expect(found.gates.map(({ metric, isLimited, written }) => [metric, isLimited, written])).toEqual([
      ['r2', true, null],
      ['rmse', true, '1%'],
    ]);
    for (const gate of found.gates) {
      expect(gate.seedError).toBeGreaterThan(0);
      expect(gate.standardError).toBeGreaterThan(0);
      expect(gate.proposed).toBeGreaterThan(2 * gate.standardError);
      expect(gate.smallestAtProposed).toBeGreaterThan(gate.proposed!);
      expect(Math.abs(gate.sameAgain!.drop)).toBeLessThan(5 * gate.sameAgain!.standardError!);
    }
    expect((await ports.runs.list()).runs).toEqual([]);
    expect(renderLimits([found])).toContain('with another seed it moved by');
  });

  it('has no noise of seeds where nothing is random, and that of rows', async () => {
    const { found } = await measured('{ linear_regression: {} }');
    expect(found.gates[0]).toMatchObject({ seedError: 0, halvedBy: { rows: 4, repeats: null } });
    expect(found.gates[0]!.sameAgain!.drop).toBe(0);
    expect(found.gates[0]!.rowError).toBeGreaterThan(0);
    expect(renderLimits([found])).toContain(
      'training again gives the same value; to catch drops half as large: 1,200 rows',
    );
  });

  it('corrects for models that are as good, and for none where one is named', async () => {
    const models = '{ random_forest: { n_estimators: 5 }, mljs_random_forest: { n_estimators: 5 } }';
    const free = await measured(models, '{ rmse: { max_drop: 1% } }');
    const model = free.found.model!;
    const named = await measured(models, `{ model: ${model}, rmse: { max_drop: 1% } }`);
    expect(named.found.model).toBe(model);
    const [own, alone] = [free, named].map(({ found }) => found.gates.find(({ metric }) => metric === 'rmse')!);
    expect(own!.standardError).toBe(alone!.standardError);
    expect(own!.smallestDrop).toBeGreaterThan(alone!.smallestDrop!);
  });
});
