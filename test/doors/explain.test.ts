import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../core/random/random.ts';
import type { Run } from '../../core/tracking/run.ts';
import { mlopsIn } from './mlops.fixture.ts';

const FOREST = 'models/sales_random_forest.model';
const LINEAR = 'models/sales_logistic_regression.model';

let cwd: string;
beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), 'explain-'));
  put('sales.csv', table(400));
  put(
    'mlops.yml',
    `datasets:
  sales:
    path: sales.csv
    target: bought
    models: { random_forest: { n_estimators: 20 }, gradient_boosting: {}, logistic_regression: {} }
  prices:
    path: sales.csv
    target: price
    columns: { bought: ignore }
    models: { random_forest: { n_estimators: 10 }, gradient_boosting: {} }
  kinds:
    path: sales.csv
    target: plan
    models: { random_forest: { n_estimators: 10 } }
`,
  );
  const trained = await mlops('train', '--quiet');
  expect(trained.code, trained.stderr).toBe(0);
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const put = (name: string, text: string) => writeFileSync(join(cwd, name), text);
const text = (name: string) => readFileSync(join(cwd, name), 'utf8');

const mlops = (...args: string[]) => mlopsIn(cwd, args);

/** Customers: whether they buy is told by visits and plan, by luck not at all; a tenth of the visits is missing. */
function table(n: number): string {
  const random = createRandom(5, 'sales');
  const rows = Array.from({ length: n }, () => {
    const visits = random.integer(20);
    const plan = ['basic', 'pro', 'team'][random.integer(3)]!;
    const luck = random.uniform().toFixed(4);
    const bought = visits + (plan === 'pro' ? 6 : 0) + 2 * random.normal() > 12 ? 'yes' : 'no';
    const price = (3 * visits + random.normal()).toFixed(2);
    return [random.integer(10) === 0 ? '' : visits, plan, luck, price, bought].join(',');
  });
  return `visits,plan,luck,price,bought\n${rows.join('\n')}\n`;
}

interface Importances {
  readonly importances: readonly {
    readonly feature: string;
    readonly gain: number | null;
    readonly permutation: { readonly mean: number; readonly interval: readonly [number, number] } | null;
    readonly shap: readonly number[] | null;
  }[];
}
async function explained(...args: string[]): Promise<Importances['importances']> {
  const { code, stdout, stderr } = await mlops('explain', '--json', '--quiet', ...args);
  expect(code, stderr).toBe(0);
  return (JSON.parse(stdout) as { result: Importances }).result.importances;
}

describe('mlops predict --explain', () => {
  it.each([
    { of: "a forest's chance of the positive class", model: FOREST, output: 'probability_yes', as: Number },
    { of: "a forest's value", model: 'models/prices_random_forest.model', output: 'prediction', as: Number },
    { of: 'a boosted value', model: 'models/prices_gradient_boosting.model', output: 'prediction', as: Number },
    {
      of: 'the log-odds of a boosted class',
      model: 'models/sales_gradient_boosting.model',
      output: 'probability_yes',
      as: (chance: string) => Math.log(Number(chance) / (1 - Number(chance))),
    },
  ])('adds SHAP values that sum to $of', async ({ model, output, as }) => {
    const { code, stdout, stderr } = await mlops(
      'predict',
      '--model',
      model,
      '--data',
      'sales.csv',
      '--explain',
      '--quiet',
    );
    expect(code, stderr).toBe(0);
    const [header, ...lines] = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(','));
    expect(header).toEqual(expect.arrayContaining(['shap_base', 'shap_visits', 'shap_plan', 'shap_luck']));
    expect(lines).toHaveLength(400);
    const shap = header!.flatMap((name, i) => (name.startsWith('shap_') ? [i] : []));
    for (const line of lines) {
      const sum = shap.reduce((total, i) => total + Number(line[i]), 0);
      expect(sum).toBeCloseTo(as(line[header!.indexOf(output)]!), 9);
    }
  });

  it('explains the decided class of several', async () => {
    const { stdout } = await mlops(
      ...['predict', '--model', 'models/kinds_random_forest.model', '--data', 'sales.csv', '--explain', '--quiet'],
    );
    const [header, ...lines] = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(','));
    const at = (line: string[], name: string) => line[header!.indexOf(name)]!;
    for (const line of lines) {
      const sum = header!.reduce((total, name, i) => total + (name.startsWith('shap_') ? Number(line[i]) : 0), 0);
      expect(sum).toBeCloseTo(Number(at(line, `probability_${at(line, 'prediction')}`)), 9);
    }
  });

  it('refuses a model that has none', async () => {
    const { code, stderr } = await mlops('predict', '--model', LINEAR, '--data', 'sales.csv', '--explain');
    expect(code).toBe(2);
    expect(stderr).toContain('logistic_regression has no SHAP values');
  });
});

describe('the run of a model made of trees', () => {
  it('names its features by what the splits gained, of another model it has none', async () => {
    const { stdout } = await mlops('train', '--json', '--quiet', '--dataset', 'sales');
    const { runs } = (JSON.parse(stdout) as { result: { runs: Run[] } }).result;
    const of = (model: string) => runs.find((run) => run.model === model)!.importances;
    expect(
      of('random_forest')!
        .map(({ feature }) => feature)
        .sort(),
    ).toEqual(['luck', 'plan', 'price', 'visits']);
    expect(of('random_forest')!.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(of('random_forest')![0]!.share).toBeGreaterThan(of('random_forest')![3]!.share);
    expect(of('logistic_regression')).toBe(undefined);
  });
});

describe('mlops explain', () => {
  it('tells three ways what a forest needs, on the test rows of its run', async () => {
    const { code, stdout } = await mlops('explain', '--model', FOREST, '--data', 'sales.csv', '--quiet');
    expect(code).toBe(0);
    expect(stdout).toContain('sales random_forest: what it needs to predict "bought"');
    expect(stdout).toMatch(/feature +│ +gain │ permutation \(roc_auc\) │ +95 % │ mean \|SHAP\|/);
    expect(stdout).toMatch(/on the \d+ test rows of run \d{8}-\d{6}-sales-random_forest-/);
    expect(stdout).toContain('mean of 5 shuffles');
    const features = await explained('--model', FOREST, '--data', 'sales.csv');
    expect(features.map(({ feature }) => feature).sort()).toEqual(['luck', 'plan', 'price', 'visits']);
    expect(features.reduce((sum, { gain }) => sum + gain!, 0)).toBeCloseTo(1, 12);
    const of = (name: string) => features.find(({ feature }) => feature === name)!;
    expect(of('price').gain).toBeGreaterThan(of('luck').gain!);
    expect(of('plan').permutation!.mean).toBeGreaterThan(of('luck').permutation!.mean);
    expect(of('plan').shap![0]).toBeGreaterThan(of('luck').shap![0]!);
    expect(of('plan').permutation!.interval[0]).toBeGreaterThan(0);
    expect(of('plan').shap).toHaveLength(1);
  });

  it('is the same again, and of another seed another', async () => {
    const ask = (seed: string) => explained('--model', FOREST, '--data', 'sales.csv', '--seed', seed, '--rows', '20');
    expect(await ask('1')).toEqual(await ask('1'));
    expect(await ask('2')).not.toEqual(await ask('1'));
  });

  it('has one SHAP value per class of several', async () => {
    const features = await explained('--model', 'models/kinds_random_forest.model', '--data', 'sales.csv');
    for (const { shap } of features) expect(shap).toHaveLength(3);
  });

  it('takes all rows of another table, and says so; a metric may be named', async () => {
    put('new.csv', table(450).split('\n').slice(0, 51).join('\n'));
    const { stdout } = await mlops(
      ...['explain', '--model', FOREST, '--data', 'new.csv', '--quiet', '--metric', 'accuracy', '--top', '1'],
    );
    expect(stdout).toContain('on all 50 rows');
    expect(stdout).toContain('permutation (accuracy)');
    expect(stdout).toContain('and 3 features more: --top 4');
  });

  it('leaves permutation out where the target is not in the table, and writes a table of numbers', async () => {
    const lines = text('sales.csv').trimEnd().split('\n');
    put('unknown.csv', `${lines.map((line) => line.slice(0, line.lastIndexOf(','))).join('\n')}\n`);
    const { stdout } = await mlops(
      ...['explain', '--model', FOREST, '--data', 'unknown.csv', '--quiet', '--out', 'needs.csv'],
    );
    expect(stdout).toContain('permutation importance left out: the table has no column "bought"');
    expect(stdout).not.toContain('permutation (');
    expect(text('needs.csv').split('\n')[0]).toBe(
      'feature,gain,permutation,permutation_std,permutation_low,permutation_high,mean_abs_shap',
    );
    expect(text('needs.csv').trimEnd().split('\n')).toHaveLength(5);
  });

  it('tells of a model that is not made of trees what its columns are worth', async () => {
    const features = await explained('--model', LINEAR, '--data', 'sales.csv');
    expect(features[0]!.permutation!.mean).toBeGreaterThan(0.05);
    expect(features.every(({ gain, shap }) => gain === null && shap === null)).toBe(true);
    const nothing = await mlops('explain', '--model', LINEAR, '--data', 'unknown.csv');
    expect(nothing).toMatchObject({ code: 2, stderr: expect.stringContaining('cannot be explained') });
  });

  it('leaves out rows without a target, and refuses a class the model does not know or a metric that does not suit', async () => {
    const [header, ...lines] = text('sales.csv').trimEnd().split('\n');
    put('gaps.csv', [header, ...lines.map((line, i) => (i < 5 ? line.replace(/[^,]*$/, '') : line))].join('\n'));
    const gaps = await mlops('explain', '--model', LINEAR, '--data', 'gaps.csv', '--quiet');
    expect(gaps.stdout).toContain('permutation importance uses 395 rows: the target of the others is missing');
    put('maybe.csv', `${header}\n${lines[0]!.replace(/[^,]*$/, 'yess')}\n`);
    const maybe = await mlops('explain', '--model', LINEAR, '--data', 'maybe.csv');
    expect(maybe).toMatchObject({ code: 2, stderr: expect.stringContaining('did you mean "yes"?') });
    const metric = await mlops('explain', '--model', LINEAR, '--data', 'sales.csv', '--metric', 'r2');
    expect(metric).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('metric r2 does not suit a binary target'),
    });
  });
});
