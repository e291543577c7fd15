import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../core/random/random.ts';
import { mlopsIn } from './mlops.fixture.ts';

let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'tools-'));
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const put = (name: string, text: string) => writeFileSync(join(cwd, name), text);
const text = (name: string) => readFileSync(join(cwd, name), 'utf8');

const mlops = (...args: string[]) => mlopsIn(cwd, args);

/** 300 orders: dates, decimal commas, words, an id, a fifth of the values missing, and a leak. */
function ugly(): string {
  const random = createRandom(3, 'ugly');
  const gone = (value: string) => (random.uniform() < 0.2 ? '' : value);
  const rows = Array.from({ length: 300 }, (_, row) => {
    const price = Math.round(100 * (20 + 300 * random.uniform()));
    const plan = ['basic', 'pro', 'très cher; "gold"'][random.integer(3)]!;
    const returned = price / 100 + 60 * random.normal() + (plan === 'basic' ? 90 : 0) > 220;
    const day = String(1 + random.integer(28)).padStart(2, '0');
    return [
      `order-${row}`,
      gone(`${day}.0${1 + random.integer(9)}.2024`),
      gone(`${Math.floor(price / 100)},${String(price % 100).padStart(2, '0')}`),
      gone(`"${plan.replaceAll('"', '""')}"`),
      gone(random.uniform() < 0.5 ? 'True' : 'False'),
      returned ? 'refund' : 'none',
      returned ? 'yes' : 'no',
    ].join(';');
  });
  return `${['order;day;price;plan;gift;refund;returned', ...rows].join('\r\n')}\r\n`;
}

describe('a mixed table with dates and a fifth of its values missing', () => {
  it('goes through init and train unedited, and init says what it saw', async () => {
    put('orders.csv', ugly());
    expect((await mlops('init', 'orders.csv', '--target', 'returned')).code).toBe(0);
    const project = text('mlops.yml');
    expect(project).toContain('# 300 rows, 7 columns; classification of no, yes');
    expect(project).toContain(
      '# column "order" has a different text in each row: used as the row id, not as a feature',
    );
    expect(project).toContain('# - column "refund" determines "returned"');
    expect(project).toContain('# dates, as days: "day"');
    expect(project).toContain('# categorical: "plan", "gift", "refund"');
    expect(project).toContain('decimal: ","');
    const trained = await mlops('train', '--set', 'models.random_forest.n_estimators=10');
    expect(trained.stderr).not.toContain('error');
    expect(trained.stdout).toContain('column "refund" determines "returned"');
    expect(trained.code).toBe(0);
  });

  it('is predicted by the kept model, whatever the order of the columns', async () => {
    const rows = ugly().trimEnd().split('\r\n');
    put('new.csv', `${rows.slice(0, 6).join('\n')}\n`);
    const model = 'models/orders_random_forest.model';
    const { code, stdout, stderr } = await mlops('predict', '--model', model, '--data', 'new.csv', '--quiet');
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toBe('order,returned,prediction,probability_no,probability_yes');
    for (const [i, line] of lines.slice(1).entries()) {
      const [order, , prediction, no, yes] = line.split(',');
      expect(order).toBe(`order-${i}`);
      expect(Number(no) + Number(yes)).toBeCloseTo(1, 12);
      expect(prediction).toBe(Number(yes) > Number(no) ? 'yes' : 'no');
    }
  });

  it('is predicted with every column that the model does not use copied as it is written', async () => {
    const [header, ...rows] = ugly().trimEnd().split('\r\n').slice(0, 4);
    const codes = ['00001;1.50;1234567890123456001', '0001E1;NA;7', '"a;b";;-0'];
    put('codes.csv', [`${header};zip;n;acct`, ...rows.map((row, i) => `${row};${codes[i]}`)].join('\n'));
    const { stdout } = await mlops('predict', '--model', 'models/orders_random_forest.model', '--data', 'codes.csv');
    const copied = stdout
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',').slice(2, 5).join(','));
    expect(stdout.split('\n')[0]).toContain('order,returned,zip,n,acct,prediction');
    expect(copied).toEqual(['00001,1.50,1234567890123456001', '0001E1,NA,7', 'a;b,,-0']);
  });

  it('is predicted by its run, and only while the file is that of the run', async () => {
    const listed = JSON.parse((await mlops('train', '--json', '--quiet', '--model', 'logistic_regression')).stdout);
    const run = (listed as { result: { runs: { id: string }[] } }).result.runs[0]!.id;
    expect((await mlops('predict', '--model', run, '--data', 'new.csv', '--out', 'out.csv')).stdout).toBe('out.csv\n');
    expect(text('out.csv').split('\n')).toHaveLength(7);
    put('models/orders_logistic_regression.model', '{}');
    const replaced = await mlops('predict', '--model', run, '--data', 'new.csv');
    expect(replaced).toMatchObject({ code: 2, stderr: expect.stringContaining('was trained again later') });
    const unknown = await mlops('predict', '--model', 'nothing', '--data', 'new.csv');
    expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining('neither a file nor a run') });
  });

  it('may have its columns in another order and more of them; a new category is missing, and said so', async () => {
    const model = 'models/orders_random_forest.model';
    put('a.csv', 'plan;gift;day;price;refund\npro;True;01.02.2024;19,90;none\n;;;;\n');
    put('b.csv', 'note,refund,price,day,gift,plan\nx,none,"19,90",01.02.2024,True,pro\ny,,,,,platinum\n');
    const plain = await mlops('predict', '--model', model, '--data', 'a.csv');
    const turned = await mlops('predict', '--model', model, '--data', 'b.csv');
    expect(turned.stderr).toContain(
      'column "plan": "platinum" did not occur in training; the model knows nothing of it in 1 of 2 rows',
    );
    expect(turned.stderr).toContain('not used by the model: "note"');
    const probabilities = (csv: string) => csv.split('\n').map((line) => line.split(',').slice(-3));
    expect(probabilities(turned.stdout)).toEqual(probabilities(plain.stdout));
  });

  it('names every column that is missing, and a value of another kind', async () => {
    const model = 'models/orders_random_forest.model';
    put('short.csv', 'Plan;gift;price;refund\npro;True;1,5;none\n');
    const short = await mlops('predict', '--model', model, '--data', 'short.csv');
    expect(short.code).toBe(2);
    expect(short.stderr).toContain('the model needs column "day"');
    expect(short.stderr).toContain('did you mean "Plan"?');
    put('words.csv', 'plan;gift;day;price;refund\npro;True;01.02.2024;cheap;none\n');
    const words = await mlops('predict', '--model', model, '--data', 'words.csv');
    expect(words).toMatchObject({ code: 2, stderr: expect.stringContaining('line 2, column "price"') });
  });
});

describe('mlops config', () => {
  it('prints every value, and where it comes from', async () => {
    put(
      'own.yml',
      `datasets:
  d:
    path: d.csv
    target: y
    models: { random_forest: { max_depth: 3 } }
    gates: { r2: { max_drop: 0.01 } }
models: { random_forest: { n_estimators: 7 } }
`,
    );
    const { code, stdout } = await mlops('config', '--config', 'own.yml', '--set', 'datasets.d.split.folds=4');
    expect(code).toBe(0);
    const line = (key: string) =>
      stdout
        .split('\n')
        .find((each) => each.trim().startsWith(`${key}:`))
        ?.trim();
    expect(line('path')).toBe('path: d.csv # own.yml:3');
    expect(line('folds')).toBe('folds: 4 # --set');
    expect(line('seed')).toBe('seed: 42 # default');
    expect(line('max_depth')).toBe('max_depth: 3 # own.yml:5');
    expect(line('n_estimators')).toBe('n_estimators: 7 # own.yml:7');
    expect(line('min_samples_leaf')).toBe('min_samples_leaf: 1 # default');
    expect(line('task')).toBe('task: null # inferred from the target');
    expect(line('max_drop')).toBe('max_drop: 0.01 # own.yml:6');
    expect(line('on_inconclusive')).toBe('on_inconclusive: pass # default');
  });
});
