import { expect, it } from 'vitest';
import { parseProject } from '../config/parse.ts';
import { aCheckout, aCommit, type Files, shaOf, someCommits } from './commits.fixture.ts';
import { twinCommits } from './twin-commits.ts';

const project = (keys = '', models = '[dummy]') => `datasets:
  churn: { path: churn.csv, target: y, metrics: [accuracy], models: ${models}, ${keys} }
`;
const COMMAND = '{ custom: { command: [python, train.py], inputs: ["src/*.py"] } }';
const FREE = '{ custom: { command: [python, train.py] } }';
const TABLE: Files = { 'churn.csv': 'x,y\n' };
const WITH_CODE: Files = { ...TABLE, 'src/a.py': '1', 'train.py': '1' };

/** Whether an older commit has the inputs of the base commit. */
async function isTwin(
  before: Files,
  after: Files,
  { yml = project(), olderYml = yml, dataset = 'churn' }: { yml?: string; olderYml?: string; dataset?: string } = {},
) {
  const base = aCommit('b', { 'mlops.yml': yml, ...before });
  const older = aCommit('c', olderYml === '' ? after : { 'mlops.yml': olderYml, ...after });
  const commits = someCommits(aCheckout(base, {}), [older]);
  const project = parseProject(yml, 'mlops.yml');
  return twinCommits(commits, { project, tree: base, path: 'mlops.yml', folder: '' })(dataset, older.id);
}

it.each<[string, Files, Files, Parameters<typeof isTwin>[2]?]>([
  ['everything is the same', TABLE, TABLE],
  ['other files differ', { ...TABLE, 'README.md': '1' }, { ...TABLE, 'README.md': '2' }],
  [
    'gates differ',
    TABLE,
    TABLE,
    { yml: project('gates: { accuracy: { min: 0.5 } }'), olderYml: project('gates: { accuracy: { min: 0.9 } }') },
  ],
  ['the inputs of a command are the same', WITH_CODE, { ...WITH_CODE, 'b.md': '2' }, { yml: project('', COMMAND) }],
  ['a command may read anything, and all is the same', WITH_CODE, WITH_CODE, { yml: project('', FREE) }],
  ['the pointer that DVC follows is the same', { 'churn.csv.dvc': '1' }, { 'churn.csv.dvc': '1' }],
  ['a generator makes the table', {}, {}, { yml: project('generator: { id: customer_churn, rows: 50 }') }],
])('a commit stands in for the base commit when %s', async (_title, before, after, options) => {
  expect(await isTwin(before, after, options)).toBe(true);
});

it.each<[string, Files, Files, Parameters<typeof isTwin>[2]?]>([
  ['the table differs', TABLE, { 'churn.csv': 'x,y\n1,2\n' }],
  ['the table is not there', TABLE, {}],
  ['the table is a link, whose target may differ', { 'churn.csv': '-> a.csv' }, { 'churn.csv': '-> a.csv' }],
  ['the table is in neither', {}, {}],
  ['the pointer that DVC follows differs', { 'churn.csv.dvc': '1' }, { 'churn.csv.dvc': '2' }],
  ['only one has a pointer', {}, { 'churn.csv.dvc': '2' }],
  ['a model differs', TABLE, TABLE, { olderYml: project('', '[ridge]') }],
  [
    'the generator differs',
    {},
    {},
    {
      yml: project('generator: { id: customer_churn, rows: 50 }'),
      olderYml: project('generator: { id: customer_churn, rows: 60 }'),
    },
  ],
  ['an input of a command differs', WITH_CODE, { ...WITH_CODE, 'src/a.py': '2' }, { yml: project('', COMMAND) }],
  ['a command may read anything', WITH_CODE, { ...WITH_CODE, 'b.md': '2' }, { yml: project('', FREE) }],
  ['it has no project file', TABLE, TABLE, { olderYml: '' }],
  ['its project file cannot be read', TABLE, TABLE, { olderYml: 'datasets: 7\n' }],
  ['it does not have the dataset', TABLE, TABLE, { olderYml: project().replace('churn:', 'other:') }],
  ['there is no such dataset', TABLE, TABLE, { dataset: 'other' }],
])('and does not when %s', async (_title, before, after, options) => {
  expect(await isTwin(before, after, options)).toBe(false);
});

it('nor does a commit that cannot be had', async () => {
  const base = aCommit('b', { 'mlops.yml': project(), ...TABLE });
  const twins = twinCommits(someCommits(aCheckout(base, {}), []), {
    project: parseProject(project(), 'mlops.yml'),
    tree: base,
    path: 'mlops.yml',
    folder: '',
  });
  expect(await twins('churn', shaOf('9'))).toBe(false);
});

it('reads tables from the folder of the project, also where its file lies deeper', async () => {
  const yml = project();
  const [base, same, other] = [TABLE, TABLE, { 'churn.csv': 'x,y\n1,2\n' }].map((files, i) =>
    aCommit('bcd'[i]!, {
      'ml/sub/x.yml': yml,
      ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`ml/${path}`, text])),
    }),
  );
  const isTwinOf = twinCommits(someCommits(aCheckout(base!, {}), [same!, other!]), {
    ...{ project: parseProject(yml, 'x.yml'), tree: base!, path: 'ml/sub/x.yml', folder: 'ml' },
  });
  expect(await isTwinOf('churn', same!.id)).toBe(true);
  expect(await isTwinOf('churn', other!.id)).toBe(false);
});
