import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { aRepository, newTestFolder } from '../../../core/io/git/git.fixture.ts';
import { createRandom } from '../../../core/random/random.ts';
import { mlopsIn } from '../mlops.fixture.ts';

const home = newTestFolder();
afterAll(() => rmSync(home, { recursive: true, force: true }));
let count = 0;

async function judged(main: string, branch: string, project: string, newProject = project) {
  const origin = aRepository(join(home, `origin-${++count}`));
  const ignored = { '.gitignore': '.mlops/\nmetrics/\nmodels/\nreports/\n' };
  origin.commit({ ...ignored, 'churn.csv': main, 'mlops.yml': project });
  const folder = join(home, `clone-${count}`);
  origin.git('clone', '--quiet', `file://${origin.folder}`, folder);
  const first = await mlopsIn(folder, ['pipeline']);
  expect(first.code, first.stdout + first.stderr).toBe(0);
  const clone = aRepository(folder);
  clone.git('checkout', '--quiet', '-b', 'work');
  clone.commit({ 'churn.csv': branch, 'mlops.yml': newProject });
  return mlopsIn(folder, ['pipeline']);
}

const random = createRandom(1, 'groups');
/** 100 customers with five rows each. A feature tells who it is, and a customer leaves with all rows or none. */
const rows = Array.from({ length: 100 }, (_, customer) => {
  const who = random.normal();
  const leaves = random.normal() + 0.4 * who < 0;
  return Array.from({ length: 5 }, () => ({
    ...{ customer, leaves },
    cells: [(who + 0.01 * random.normal()).toFixed(5), random.normal().toFixed(4)].join(','),
  }));
}).flat();

/** @param customerOf what stands in the column that parts rows. */
function csv(customerOf: (customer: number, row: number) => number): string {
  const lines = rows.map((each, row) =>
    [row, customerOf(each.customer, row), each.cells, each.leaves ? 'yes' : 'no'].join(','),
  );
  return `id,customer,a,b,leaves\n${lines.join('\n')}\n`;
}

const project = (split: string, forest: string) => `datasets:
  churn:
    path: churn.csv
    target: leaves
    metrics: [roc_auc]
    split: ${split}
    columns: { id: id }
    models: { random_forest: { n_estimators: 20, ${forest} } }
    gates: { roc_auc: { max_drop: 0.01 } }
`;
const SMOOTH = 'min_samples_leaf: 20';
const MEMORISES = 'max_features: 1';

describe('the column that parts rows', () => {
  const customers = csv((customer) => customer);
  const orderly = csv((_, row) => row);

  it('shows a model that memorises for what it is, while it stays', async () => {
    const by = '{ group: customer }';
    const { code, stdout } = await judged(customers, customers, project(by, SMOOTH), project(by, MEMORISES));
    expect(code, stdout).toBe(1);
    expect(stdout).toContain('dropped by 0.1');
  });

  it.each([
    ['of groups, where each row becomes a group', '{ group: customer }', customers, orderly],
    ['of time, where the order is shuffled', '{ time: customer }', orderly, csv((_, row) => (row * 37) % 500)],
  ])('%s, is another evaluation set', async (_, split, before, after) => {
    const { code, stdout } = await judged(before, after, project(split, SMOOTH), project(split, MEMORISES));
    expect(code, stdout).toBe(1);
    expect(stdout).toMatch(/❌ churn: \d{3} rows hold other values/);
    expect(stdout).toContain('mlops accept churn.evaluation');
  });
});
