import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const house = join(root, '.cache', 'add-a-metric');

/** Does what CONTRIBUTING.md says, to a copy of the house. */
function followRecipe(): void {
  const recipe = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');
  const [, file, source] = /One file, `([^`]+)`:\n\n```ts\n([\s\S]+?)```/.exec(recipe)!;
  const [, index, entry] = /One line in `([^`]+)`, beside its import: `([^`]+)`/.exec(recipe)!;
  const [, name] = /export const (\w+)/.exec(source!)!;
  writeFileSync(join(house, file!), source!);
  const list = readFileSync(join(house, index!), 'utf8');
  const imported = `import { ${name} } from './${file!.split('/').at(-1)}';\n${list}`;
  writeFileSync(
    join(house, index!),
    imported.replace("createRegistry('metric', [", (found) => `${found}\n  ${entry}`),
  );
}

function node(...args: string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: house, encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

describe('the recipe "add a metric: one file, one line"', () => {
  beforeAll(() => {
    rmSync(house, { recursive: true, force: true });
    mkdirSync(house, { recursive: true });
    cpSync(join(root, 'core'), join(house, 'core'), { recursive: true });
    writeFileSync(join(house, 'package.json'), '{ "type": "module" }\n');
    followRecipe();
  });
  afterAll(() => rmSync(house, { recursive: true, force: true }));

  it('makes the metric known to mlops.yml, gates included', () => {
    const yaml = 'datasets: { a: { path: a.csv, target: y, metrics: [mse], gates: { mse: { max: 1 } } } }';
    writeFileSync(
      join(house, 'try.ts'),
      `import { parseProject } from './core/config/parse.ts';
const [dataset] = parseProject(${JSON.stringify(yaml)}, 'mlops.yml').datasets;
console.log(JSON.stringify([dataset?.metrics, dataset?.gates.byMetric]));\n`,
    );
    expect(node('try.ts')).toEqual({ status: 0, output: '[["mse"],{"mse":{"max":1}}]\n' });
  });

  it('has the contract suite run over it', () => {
    writeFileSync(
      join(house, 'vitest.config.ts'),
      "export default { test: { include: ['core/metrics/metric-contract.test.ts'] } };\n",
    );
    const vitest = join(root, 'node_modules/vitest/vitest.mjs');
    const { output } = node(vitest, 'run', '--root', house, '--reporter', 'verbose', '-t', 'mse');
    for (const line of ['stays in its range', 'does not depend on the order', 'has influences of mean 0']) {
      expect(output).toMatch(new RegExp(`✓.*mse of a continuous target.*${line}`));
    }
  });
});
