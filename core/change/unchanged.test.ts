import { describe, expect, it } from 'vitest';
import { judgeByBase } from '../config/judge-keys.ts';
import { parseProject } from '../config/parse.ts';
import { aCheckout, aCommit, type Files, shaOf } from './commits.fixture.ts';
import { unchangedDatasets } from './unchanged.ts';

const project = (keys: string, models = '[dummy]') => `datasets:
  churn: { path: churn.csv, target: y, metrics: [accuracy], models: ${models}, ${keys} }
`;
const PLAIN = project('gates: { accuracy: { max_drop: 0.01 } }');
const COMMAND = '{ custom: { command: [python, train.py], inputs: ["src/**/*.py"] } }';

interface Sides {
  readonly before?: Files;
  readonly after?: Files;
  /** What lies on disk otherwise. */
  readonly disk?: Files;
  /** Where the project is, after and before. */
  readonly folder?: string;
  readonly baseFolder?: string;
  readonly isGenerated?: boolean;
}

const TABLE: Files = { 'churn.csv': 'x,y\n' };
const POINTER = `version https://git-lfs.github.com/spec/v1\noid sha256:${'1'.repeat(64)}\nsize 4\n`;

/** The files of the datasets that are the same on both sides, by dataset. */
async function unchanged(sides: Sides, [own, base]: readonly [string, string] = [PLAIN, PLAIN]) {
  const { before = TABLE, after = before, folder = '', baseFolder = folder } = sides;
  const disk = { ...after, ...sides.disk };
  const inProject = (path: string) => (folder === '' ? path : path.slice(folder.length + 1));
  const found = await unchangedDatasets(
    judgeByBase(parseProject(own, 'mlops.yml'), parseProject(base, 'mlops.yml')).project.datasets,
    {
      base: parseProject(base, 'mlops.yml'),
      tree: aCommit('b', before),
      folder: baseFolder,
      checkedOut: aCheckout(aCommit('h', after), disk, folder),
      files: {
        list: async (pattern) =>
          Object.keys(disk)
            .map(inProject)
            .filter(
              (path) => path === pattern || new RegExp(`^${pattern.replace('**/', '').replace('*', '.*')}$`).test(path),
            ),
      },
      isGenerated: async () => sides.isGenerated ?? false,
    },
  );
  for (const { base: sha } of found) expect(sha).toBe(shaOf('b'));
  return Object.fromEntries(found.map(({ dataset, inputs }) => [dataset, inputs]));
}

describe('a dataset is unchanged', () => {
  it.each<[string, Sides, (readonly [string, string])?]>([
    ['when only documents changed', { after: { ...TABLE, 'README.md': 'new' } }],
    ['when only a dependency changed', { after: { ...TABLE, 'package-lock.json': '{}' } }],
    [
      'when only a gate changed, since the base decides it',
      {},
      [project('gates: { accuracy: { max_drop: 0.5 } }'), PLAIN],
    ],
    ['when only a comment of its configuration changed', {}, [`# new\n${PLAIN}`, PLAIN]],
    [
      'when the whole project was moved',
      { before: { 'old/churn.csv': 'x' }, after: { 'new/churn.csv': 'x' }, folder: 'new', baseFolder: 'old' },
    ],
  ])('%s', async (_title, sides, texts) => {
    const path = sides.folder ? `${sides.folder}/churn.csv` : 'churn.csv';
    expect(await unchanged(sides, texts)).toEqual({ churn: [path] });
  });

  it('when its generated table is in neither commit', async () => {
    const text = project('generator: { id: customer_churn }');
    const nowhere = { before: {}, after: {} };
    expect(await unchanged({ ...nowhere, isGenerated: true }, [text, text])).toEqual({ churn: [] });
    expect(await unchanged({ ...nowhere, isGenerated: false }, [text, text])).toEqual({});
    const other = project('generator: { id: customer_churn, seed: 7 }');
    expect(await unchanged({ ...nowhere, isGenerated: true }, [other, text])).toEqual({});
  });

  it('when `sha256` names the same table', async () => {
    const [text, other] = ['a', 'b'].map((digit) => project(`sha256: ${digit.repeat(64)}`));
    const same = { before: TABLE, after: TABLE, disk: TABLE };
    expect(await unchanged(same, [text!, text!])).toEqual({ churn: ['churn.csv'] });
    expect(await unchanged(same, [other!, text!])).toEqual({});
  });

  it('when the pointer that DVC follows is the same', async () => {
    const pointer = { 'churn.csv.dvc': 'md5: 1' };
    expect(await unchanged({ before: pointer })).toEqual({ churn: [] });
    expect(await unchanged({ before: pointer, disk: TABLE })).toEqual({});
    expect(await unchanged({ before: pointer, after: { 'churn.csv.dvc': 'md5: 2' } })).toEqual({});
  });

  it('when its table is a Git LFS pointer that nobody has fetched', async () => {
    const pointer = { 'churn.csv': POINTER };
    expect(await unchanged({ before: pointer })).toEqual({ churn: ['churn.csv'] });
    expect(await unchanged({ before: pointer, after: { 'churn.csv': POINTER.replace('1', '2') } })).toEqual({});
    expect(await unchanged({ before: pointer, disk: { 'churn.csv': POINTER.replace('1', '2') } })).toEqual({});
  });

  it('when all files of a pattern are the same', async () => {
    const text = PLAIN.replace('churn.csv', '"part-*.csv"');
    const parts = { 'part-1.csv': 'x', 'part-2.csv': 'y' };
    expect(await unchanged({ before: parts }, [text, text])).toEqual({ churn: ['part-1.csv', 'part-2.csv'] });
    expect(await unchanged({ before: parts, after: { ...parts, 'part-3.csv': 'z' } }, [text, text])).toEqual({});
    expect(await unchanged({ before: parts, after: { 'part-1.csv': 'x' } }, [text, text])).toEqual({});
    expect(await unchanged({ before: parts, disk: { 'part-3.csv': 'z' } }, [text, text])).toEqual({});
  });
});

describe('a dataset is trained', () => {
  it.each<[string, Sides, (readonly [string, string])?]>([
    ['when its table changed', { after: { 'churn.csv': 'z' } }],
    ['when its table changed on disk', { disk: { 'churn.csv': 'z' } }],
    ['when its table is a link, whose target may have changed', { before: { 'churn.csv': '-> a.csv' } }],
    ['when nobody knows what its table was', { before: {}, after: {}, disk: TABLE }],
    ['when it is new', {}, [PLAIN, PLAIN.replace('churn:', 'fraud:')]],
    [
      'when a parameter changed',
      {},
      [project('slices: []', '{ random_forest: { max_depth: 3 } }'), project('slices: []', '[random_forest]')],
    ],
    ['when a model was added', {}, [project('slices: []', '[dummy, random_forest]'), project('slices: []')]],
    ['when its path changed', { before: { ...TABLE, 'b.csv': 'x,y\n' } }, [PLAIN.replace('churn.csv', 'b.csv'), PLAIN]],
    ['when a role of a column changed', {}, [project('columns: { x: id }'), project('slices: []')]],
  ])('%s', async (_title, sides, texts) => {
    expect(await unchanged(sides, texts)).toEqual({});
  });
});

describe('a dataset of a command', () => {
  const listed = project('slices: []', COMMAND);
  const unlisted = project('slices: []', '{ custom: { command: [python, train.py] } }');
  const files = { ...TABLE, 'train.py': '1', 'src/a.py': '2', 'README.md': '3' };

  it('is unchanged when none of its listed inputs changed', async () => {
    expect(await unchanged({ before: files, after: { ...files, 'README.md': '4' } }, [listed, listed])).toEqual({
      churn: ['churn.csv', 'train.py', 'src/a.py'],
    });
  });

  it.each(['train.py', 'src/a.py', 'src/b.py', 'churn.csv'])('is trained when %s changed', async (path) => {
    expect(await unchanged({ before: files, after: { ...files, [path]: '5' } }, [listed, listed])).toEqual({});
  });

  it.each(['scr/**/*.py', 'src', 'lib/train.py'])('is trained when its list names nothing: %s', async (inputs) => {
    const slip = listed.replace('src/**/*.py', inputs);
    expect(await unchanged({ before: files, after: { ...files, 'src/a.py': '5' } }, [slip, slip])).toEqual({});
    expect(await unchanged({ before: files }, [slip, slip])).toEqual({});
  });

  it('without a list is trained when any file changed, since it may read any', async () => {
    expect(await unchanged({ before: files }, [unlisted, unlisted])).toEqual({ churn: ['churn.csv', 'train.py'] });
    expect(await unchanged({ before: files, after: { ...files, 'README.md': '4' } }, [unlisted, unlisted])).toEqual({});
  });
});
