import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { followRecipe, type House, root } from './recipe.fixture.ts';

describe('the recipe "add a metric: one file, one line"', () => {
  let house: House;
  beforeAll(() => {
    house = followRecipe('Add a metric: one file, one line', ['core']);
  });
  afterAll(() => house.remove());

  it('makes the metric known to mlops.yml, gates included', () => {
    const yaml = 'datasets: { a: { path: a.csv, target: y, metrics: [mse], gates: { mse: { max: 1 } } } }';
    house.write(
      'try.ts',
      `import { parseProject } from './core/config/parse.ts';
const [dataset] = parseProject(${JSON.stringify(yaml)}, 'mlops.yml').datasets;
console.log(JSON.stringify([dataset?.metrics, dataset?.gates.byMetric]));\n`,
    );
    expect(house.node('try.ts')).toEqual({ status: 0, output: '[["mse"],{"mse":{"max":1}}]\n' });
  });

  it('has the contract suite run over it', () => {
    house.write(
      'vitest.config.ts',
      "export default { test: { include: ['core/metrics/metric-contract.test.ts'] } };\n",
    );
    const vitest = join(root, 'node_modules/vitest/vitest.mjs');
    const { output } = house.node(vitest, 'run', '--root', house.folder, '--reporter', 'verbose', '-t', 'mse');
    for (const line of ['stays in its range', 'does not depend on the order', 'has influences of mean 0']) {
      expect(output).toMatch(new RegExp(`✓.*mse of a continuous target.*${line}`));
    }
  });
});
