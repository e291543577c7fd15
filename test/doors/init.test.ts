import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { generators } from '../../core/datasets/index.ts';
import { aRepository, newTestFolder } from '../../core/io/git/git.fixture.ts';
import { writeCsv } from '../../core/table/csv-writer.ts';
import { mlopsIn } from './mlops.fixture.ts';

const home = newTestFolder();
afterAll(() => rmSync(home, { recursive: true, force: true }));
let count = 0;

function aFolder({ isRepository = false, ignore }: { isRepository?: boolean; ignore?: string } = {}): string {
  const folder = join(home, String(++count));
  mkdirSync(folder);
  if (isRepository) aRepository(folder);
  writeFileSync(
    join(folder, 'reg.csv'),
    writeCsv(generators.get('california_housing').generate({ rows: 60, seed: 7 })),
  );
  if (ignore !== undefined) writeFileSync(join(folder, '.gitignore'), ignore);
  return folder;
}
const init = (folder: string, ...args: string[]) => mlopsIn(folder, ['init', ...args, '--target', 'MedHouseVal']);
const read = (...path: string[]) => readFileSync(join(...path), 'utf8');

describe('a project file in another folder', () => {
  it.each([
    ['below', '.', ['reg.csv', '--config', 'sub/x.yml'], 'sub/x.yml', '../reg.csv'],
    ['beside the table', 'sub', ['../reg.csv', '--config', '../x.yml'], 'x.yml', 'reg.csv'],
  ])('%s names the table as it sees it', async (_title, cwd, args, config, path) => {
    const folder = aFolder();
    mkdirSync(join(folder, 'sub'));
    const at = join(folder, cwd);
    expect((await init(at, ...args)).code).toBe(0);
    expect(read(folder, config)).toContain(`path: ${path}\n`);
    const trained = await mlopsIn(folder, ['train', '--config', config, '--model', 'dummy']);
    expect(trained.code, trained.stderr).toBe(0);
  });

  it('names a table by its place on the machine relative to itself too', async () => {
    const folder = aFolder();
    expect((await init(folder, join(folder, 'reg.csv'))).code).toBe(0);
    expect(read(folder, 'mlops.yml')).toContain('path: reg.csv\n');
  });
});

describe('.gitignore', () => {
  it('gets the lines it lacks, and keeps its own', async () => {
    const folder = aFolder({ isRepository: true, ignore: '# mine\n/models\n*.tmp' });
    const { stdout } = await init(folder, 'reg.csv');
    expect(stdout).toContain('added .mlops/, metrics/, reports/ to .gitignore');
    expect(read(folder, '.gitignore')).toBe('# mine\n/models\n*.tmp\n.mlops/\nmetrics/\nreports/\n');
    const again = await init(folder, 'reg.csv', '--force');
    expect(again.stdout).not.toContain('.gitignore');
  });

  it('is that of the folder of the project', async () => {
    const folder = aFolder({ isRepository: true });
    const { stdout } = await init(folder, 'reg.csv', '--config', 'sub/mlops.yml', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ files: ['sub/mlops.yml', 'sub/.gitignore'] });
    expect(read(folder, 'sub/.gitignore')).toBe('.mlops/\nmodels/\nmetrics/\nreports/\n');
  });

  it('is not written where there is no repository', async () => {
    const folder = aFolder();
    const { stdout } = await init(folder, 'reg.csv', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ files: ['mlops.yml'], result: { ignored: [] } });
    expect(() => read(folder, '.gitignore')).toThrow();
  });
});
