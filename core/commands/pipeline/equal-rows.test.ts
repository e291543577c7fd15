import { describe, expect, it } from 'vitest';
import { createRandom } from '../../random/random.ts';
import { runProject } from './run-project.fixture.ts';

const project = (more = '', models = 'random_forest, dummy') => `
datasets:
  churn:
    path: churn.csv
    target: left
    models: [${models}]
    ${more}
`;

/** Six kinds of customers, plan × region, equally many; a fifth, half or four fifths of a plan leave. */
function sixKinds(rows: number): string {
  const lines = Array.from({ length: rows }, (_, row) => {
    const [kind, place] = [row % 6, Math.floor(row / 6) % 10];
    return `${'abc'[kind % 3]},${Math.floor(kind / 3)},${place < [2, 5, 8][kind % 3]! ? 'yes' : 'no'}`;
  });
  return `plan,region,left\n${lines.join('\n')}\n`;
}

/** Customers with an id; nobody can say from the rest who leaves, so a model can only remember them. */
function customers(copies: number, { id = true } = {}): string {
  const random = createRandom(6, 'customers');
  const lines = Array.from({ length: 300 }, () => `${random.normal().toFixed(6)},${random.normal().toFixed(6)}`);
  const labels = lines.map(() => (random.uniform() < 0.3 ? 'yes' : 'no'));
  const rows = Array.from({ length: copies }, (_, copy) =>
    lines.map((line, i) => `${id ? `c${copy}-${i},` : ''}${line},${labels[i]}`),
  ).flat();
  return `${id ? 'customer,' : ''}x,z,left\n${rows.join('\n')}\n`;
}

const auc = (result: Awaited<ReturnType<typeof runProject>>, model = 'random_forest') =>
  result.runs.find((run) => run.model === model)!.metrics.roc_auc!.outOfFold.value!;

describe('a table in which rows are equal', () => {
  it('of six kinds of rows shows what a forest learns, and the forest is selected', async () => {
    const result = await runProject({ yml: project(), tables: { 'churn.csv': sixKinds(600) } });
    // What there is to know: (.2 · .8 + .5 · (1.6 + .5) + .8 · (2.6 + .2)) / (2 · 1.5 · 1.5) = .767.
    expect(Math.abs(auc(result) - 0.767)).toBeLessThan(0.03);
    expect(auc(result)).toBeGreaterThan(auc(result, 'dummy') + 0.2);
    const [run] = result.runs;
    expect(run!.split).toMatchObject({ duplicates: 'spread', copies: 594 });
    expect(result.report.warnings.join()).toContain(
      '594 of 600 rows (99 %) repeat another row; spread over folds, since rows of few values are often equal by accident',
    );
  });

  it.each([true, false])('of copies rewards no model that remembers them (with an id: %s)', async (id) => {
    const result = await runProject({ yml: project(), tables: { 'churn.csv': customers(4, { id }) } });
    expect(auc(result)).toBeLessThan(0.6);
    expect(result.runs[0]!.split).toMatchObject({ duplicates: 'group', copies: 900 });
    expect(result.report.warnings.join()).toContain(
      '900 of 1,200 rows (75 %) repeat another row; kept together in folds, so that no model is asked about a row that it has learned from',
    );
    const spread = await runProject({
      yml: project('split: { duplicates: spread }'),
      tables: { 'churn.csv': customers(4, { id }) },
    });
    expect(auc(spread)).toBeGreaterThan(0.95);
  });

  it('tells what the selected model scores on rows without a twin', async () => {
    const lines = customers(3).trimEnd().split('\n');
    // Half of the customers twice more, who are all alike to a model that remembers them.
    const table = [...lines.slice(0, 301), ...lines.slice(301).filter((_, i) => i % 300 < 150)].join('\n');
    const said = async (duplicates: string) => {
      const yml = project(`split: { duplicates: ${duplicates} }`);
      const { report } = await runProject({ yml, tables: { 'churn.csv': `${table}\n` } });
      const [, score] = /on rows without a twin roc_auc is ([\d.]+)/.exec(report.warnings.join())!;
      return { score: Number(score), all: report.datasets[0]!.models[0]!.metrics[0]!.outOfFold.value! };
    };
    const spread = await said('spread');
    expect(spread.all).toBeGreaterThan(0.8);
    expect(spread.score).toBeLessThan(0.65);
    expect((await said('group')).score).toBeLessThan(0.65);
  });

  it('has wider intervals where equal rows stay together, since they are not so many', async () => {
    const yml = project('split: { duplicates: group }', 'logistic_regression');
    const [once, often] = [1, 9].map((copies) => runProject({ yml, tables: { 'churn.csv': customers(copies) } }));
    const width = async (result: ReturnType<typeof runProject>) =>
      (await result).runs[0]!.metrics.accuracy!.outOfFold.se!;
    expect((await width(often!)) / (await width(once!))).toBeGreaterThan(0.9);
  });
});

describe('what became of equal rows at the base', () => {
  it('holds for a change that copies rows under new ids', async () => {
    const yml = project('', 'random_forest');
    const main = await runProject({ yml, tables: { 'churn.csv': customers(1) }, sha: '1', place: 'tracked_branch' });
    const change = await runProject({
      yml,
      base: yml,
      tables: { 'churn.csv': customers(3) },
      sha: '2',
      earlier: [main.ports],
    });
    expect(auc(change) - auc(main)).toBeLessThan(0.1);
    expect(change.runs[0]!.split).toMatchObject({ duplicates: 'group', copies: 600 });
    expect(change.report.warnings.join()).toContain('600 of 900 rows (67 %) repeat another row');
  });

  it('holds although the table of the change alone would say otherwise', async () => {
    const yml = project('', 'logistic_regression');
    const main = await runProject({ yml, tables: { 'churn.csv': sixKinds(600) }, sha: '1', place: 'tracked_branch' });
    const change = await runProject({
      ...{ yml, base: yml, sha: '2', earlier: [main.ports] },
      tables: { 'churn.csv': `${sixKinds(600)}${customers(2, { id: false }).split('\n').slice(1).join('\n')}` },
    });
    expect(main.runs[0]!.split.duplicates).toBe('spread');
    expect(change.runs[0]!.split.duplicates).toBe('spread');
  });

  it('is not changed by a change: its own rule holds after the merge', async () => {
    const yml = project('split: { duplicates: group }', 'logistic_regression');
    const table = { 'churn.csv': customers(2) };
    const main = await runProject({ yml, tables: table, sha: '1', place: 'tracked_branch' });
    const change = await runProject({
      ...{ yml: project('split: { duplicates: spread }', 'logistic_regression'), base: yml },
      ...{ tables: table, sha: '2', earlier: [main.ports] },
    });
    expect(change.runs[0]!.split.duplicates).toBe('group');
  });
});
