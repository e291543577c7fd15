import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { rowKeys } from '../../../core/evaluation/split/row-keys.ts';
import { aRepository, newTestFolder } from '../../../core/io/git/git.fixture.ts';
import { createRandom } from '../../../core/random/random.ts';
import { categoricalColumn, createTable } from '../../../core/table/table.ts';
import { mlopsIn } from '../mlops.fixture.ts';

const home = newTestFolder();
afterAll(() => rmSync(home, { recursive: true, force: true }));
let count = 0;

interface Customer {
  readonly id: string;
  readonly tenure: number;
  readonly charges: number;
  readonly leaves: boolean;
}

/** Customers of whom half leave, which depends on their tenure. @param noise how much else it depends on. */
function customers(n: number, { noise = 1, seed = 1 } = {}): Customer[] {
  const random = createRandom(seed, 'customers');
  return Array.from({ length: n }, (_, i) => {
    const [tenure, charges] = [random.normal(), random.normal()];
    return { id: `c${i}`, tenure, charges, leaves: tenure + noise * random.normal() < 0 };
  });
}

function csv(rows: readonly Customer[], { id = true, tenure = 'tenure' } = {}): string {
  const lines = rows.map((row) =>
    [...(id ? [row.id] : []), row.tenure.toFixed(4), row.charges.toFixed(4), row.leaves ? 'yes' : 'no'].join(','),
  );
  return `${id ? 'id,' : ''}${tenure},charges,leaves\n${lines.join('\n')}\n`;
}

const project = (models = '[logistic_regression]') => `datasets:
  churn:
    path: churn.csv
    target: leaves
    metrics: [roc_auc]
    models: ${models}
    gates: { roc_auc: { max_drop: 0.01 } }
`;

/** What becomes of a branch with another table, beside a main whose run is recorded. */
async function judged(main: string, branch: string, models?: string, newModels = models, more = '') {
  const origin = aRepository(join(home, `origin-${++count}`));
  const ignored = { '.gitignore': '.mlops/\nmetrics/\nmodels/\nreports/\n' };
  origin.commit({ ...ignored, 'churn.csv': main, 'mlops.yml': project(models) + more });
  const folder = join(home, `clone-${count}`);
  origin.git('clone', '--quiet', `file://${origin.folder}`, folder);
  const first = await mlopsIn(folder, ['pipeline']);
  expect(first.code, first.stdout).toBe(0);
  const clone = aRepository(folder);
  clone.git('checkout', '--quiet', '-b', 'work');
  clone.commit({ 'churn.csv': branch, 'mlops.yml': project(newModels) + more });
  return { ...(await mlopsIn(folder, ['pipeline'])), mlops: (...args: string[]) => mlopsIn(folder, args) };
}

const byClass = (rows: readonly Customer[]) => [...rows].sort((a, b) => Number(a.leaves) - Number(b.leaves));

/** Other rows, of which everything is known, in an order in which the targets are those of `like`. */
function easyRows(like: readonly Customer[]): Customer[] {
  const easy = customers(4 * like.length, { noise: 0.05, seed: 2 });
  const [no, yes] = [easy.filter(({ leaves }) => !leaves), easy.filter(({ leaves }) => leaves)];
  return like.map(({ leaves }) => (leaves ? yes : no).pop()!);
}

const rows = customers(300);

describe('a table that is easier than that of main', () => {
  it.each([
    ['the counts of classes are kept', byClass(easyRows(rows))],
    ['the targets are kept in order', easyRows(rows)],
  ])('is another evaluation set under a renamed column, although %s', async (_, easy) => {
    const { code, stdout } = await judged(csv(rows, { id: false }), csv(easy, { id: false, tenure: 'months' }));
    expect(code, stdout).toBe(1);
    expect(stdout).toContain('300 of 300 baseline rows were removed');
    expect(stdout).toContain('mlops accept churn.evaluation');
  });

  it('is another evaluation set where ids stay and a feature tells the target', async () => {
    const random = createRandom(3, 'tell');
    const told = rows.map((row) => ({ ...row, charges: (row.leaves ? -1 : 1) + 0.3 * random.normal() }));
    const { code, stdout, mlops } = await judged(csv(rows), csv(told));
    expect(code, stdout).toBe(1);
    expect(stdout).toContain('300 rows hold other values');
    const accepted = await mlops('accept', 'churn.evaluation', '--because', 'charges are corrected');
    expect(accepted.code, accepted.stderr).toBe(0);
    const again = await mlops('pipeline');
    expect(again.stdout).toContain('accepted by');
  });

  it('is another evaluation set where rows go, whatever ids are added', async () => {
    const many = customers(600);
    const ids = (names: readonly string[]) => rowKeys(createTable([categoricalColumn('id', names)]), ['id']);
    const keys = ids(many.map(({ id }) => id));
    const border = keys.slice().sort()[40]!;
    const kept = many.filter((_, i) => keys[i]! < border);
    // New ids with smaller keys than those of the rows that go: a sample of the smallest keys would know none of these.
    const names = Array.from({ length: 700_000 }, (_, i) => `m${i}`);
    const mined = ids(names);
    const added = names.filter((_, i) => mined[i]! < border).slice(0, 40_500);
    expect(added).toHaveLength(40_500);
    const easy = customers(added.length, { noise: 0.05, seed: 4 }).map((row, i) => ({ ...row, id: added[i]! }));
    const { code, stdout } = await judged(csv(many), csv([...kept, ...easy]), '[dummy]');
    expect(code, stdout).toBe(1);
    expect(stdout).toContain('560 of 600 baseline rows were removed');
  }, 120_000);
});

describe('a table that is the same as that of main', () => {
  it.each([true, false])('is recognised under a renamed column (with an id: %s)', async (id) => {
    const { code, stdout } = await judged(csv(rows, { id }), csv(rows, { id, tenure: 'months' }));
    expect(code, stdout).toBe(0);
    expect(stdout).toContain('100 % of its rows shared, paired by key');
    expect(stdout).toContain('roc_auc');
  });

  it.each([true, false])('may gain rows in another order (with an id: %s)', async (id) => {
    const more = [...customers(30, { seed: 5 }).map((row) => ({ ...row, id: `new-${row.id}` })), ...rows].reverse();
    const { code, stdout } = await judged(csv(rows, { id }), csv(more, { id }));
    expect(code, stdout).toBe(0);
    expect(stdout).toContain('30 new rows: shown, not judged');
  });

  it('may lose a column, and a hundredth of its rows may change', async () => {
    const few = rows.map((row, i) => (i < 3 ? { ...row, charges: 9 } : row));
    const edited = await judged(csv(rows), csv(few));
    expect(edited.code, edited.stdout).toBe(0);
    expect(edited.stdout).toContain('3 rows hold other values; both runs are scored without them');
    const without = csv(rows).replace(/^([^,]*,[^,]*),[^,]*/gm, '$1');
    const lost = await judged(csv(rows), without);
    expect(lost.stdout).toContain('100 % of its rows shared, paired by key');
    expect(lost.stdout).not.toContain('other values');
  });
});

describe('rows that a change adds', () => {
  const SMOOTH = '{ random_forest: { n_estimators: 20, min_samples_leaf: 20 } }';
  const MEMORISES = '{ random_forest: { n_estimators: 20, max_features: 1 } }';
  const few = customers(400, { noise: 1, seed: 6 });
  const random = createRandom(8, 'jitter');
  const near = (value: number) => value + 0.01 * random.normal();
  const copies = few.flatMap((row) =>
    Array.from({ length: 5 }, (_, i) => ({
      ...{ id: `${row.id}-${i}`, leaves: row.leaves },
      ...{ tenure: near(row.tenure), charges: near(row.charges) },
    })),
  );
  /** Rows in which tenure says the opposite. */
  const wrong = customers(400, { seed: 9 }).map((row) => ({ ...row, id: `w-${row.id}`, leaves: !row.leaves }));

  it('cannot lift a worse model by teaching it the answers', async () => {
    const { code, stdout, mlops } = await judged(csv(few), csv([...few, ...copies]), SMOOTH, MEMORISES);
    expect(code, stdout).toBe(1);
    expect(stdout).toContain('so random_forest was trained twice');
    expect(stdout).toMatch(
      /❌ churn roc_auc \(random_forest, trained without the added rows\) dropped by 0\.0\d+ .*p < \.001/,
    );
    expect(stdout).toMatch(/✅ churn roc_auc \(random_forest, trained with the added rows\) stayed .* → 0\.99/);
    const again = await mlops('compare');
    expect(again.code, again.stdout).toBe(1);
    expect(again.stdout).toContain('trained without the added rows) dropped by');
  });

  it('fail where they make the model worse, until a person says that the world has changed', async () => {
    const { code, stdout, mlops } = await judged(csv(few), csv([...few, ...wrong]), SMOOTH);
    expect(code, stdout).toBe(1);
    expect(stdout).toMatch(
      /❌ churn roc_auc \(random_forest\): the added rows make it worse on the baseline's rows by 0\.\d+/,
    );
    expect(stdout).not.toContain('trained twice');
    const accepted = await mlops('accept', 'churn.roc_auc', '--because', 'tenure is counted from the end');
    expect(accepted.code, accepted.stderr).toBe(0);
    expect((await mlops('pipeline')).stdout).toContain('accepted by');
  });

  it('fail apart from what else changed, and are accepted apart', async () => {
    const other = SMOOTH.replace('20 }', '18 }');
    const { code, stdout, mlops } = await judged(csv(few), csv([...few, ...wrong]), SMOOTH, other);
    expect(code, stdout).toBe(1);
    expect(stdout).toMatch(/✅ churn roc_auc \(random_forest, trained without the added rows\) stayed/);
    expect(stdout).toMatch(
      /❌ .* with the added rows\): the added rows make it worse .*; on themselves they help by 0\.\d+/,
    );
    const accepted = await mlops('accept', 'churn.roc_auc.added_rows', '--because', 'the world has changed');
    expect(accepted.code, accepted.stderr).toBe(0);
    const again = await mlops('pipeline');
    expect(again.code, again.stdout).toBe(0);
    expect(again.stdout).toContain('accepted by');
  });
});

describe('without stored predictions', () => {
  const OFF = 'tracking: { evidence: off }\n';
  const random = createRandom(3, 'tell');
  const told = rows.map((row) => ({ ...row, charges: (row.leaves ? -1 : 1) + 0.3 * random.normal() }));
  const relabelled = rows.map((row, i) => (i < 30 ? { ...row, leaves: !row.leaves } : row));

  it.each<[string, readonly Customer[], string]>([
    ['ids stay and a feature tells the target', told, '300 rows hold other values'],
    ['rows are gone', rows.slice(30), '30 of 300 baseline rows were removed'],
    ['rows have another target', relabelled, '30 rows have another target'],
  ])('it is still another evaluation set where %s', async (_, table, said) => {
    const { code, stdout } = await judged(csv(rows), csv(table), undefined, undefined, OFF);
    expect(code, stdout).toBe(1);
    expect(stdout).toContain(said);
    expect(stdout).toContain('mlops accept churn.evaluation');
  });

  it('the same rows are the same, with a column less too', async () => {
    const without = csv(rows, { id: false }).replace(/^([^,]*),[^,]*/gm, '$1');
    const { stdout } = await judged(csv(rows, { id: false }), without, undefined, undefined, OFF);
    expect(stdout).not.toContain('mlops accept churn.evaluation');
    expect(stdout).toContain('no stored predictions to pair');
  });

  it('it is not known what is due to rows that are added, where something else changed', async () => {
    const more = [...rows, ...customers(60, { seed: 5 }).map((row) => ({ ...row, id: `new-${row.id}` }))];
    const alone = await judged(csv(rows), csv(more), undefined, undefined, OFF);
    expect(alone.code, alone.stdout).toBe(0);
    const both = await judged(csv(rows), csv(more), undefined, '{ logistic_regression: { C: 0.5 } }', OFF);
    expect(both.code, both.stdout).toBe(1);
    expect(both.stdout).toContain('what is due to which is not known');
  });
});
