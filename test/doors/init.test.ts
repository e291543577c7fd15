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

describe('a table as people have it', () => {
  const rows = Array.from({ length: 120 }, (_, i) => {
    const x = (i * 37) % 101;
    const day = String((i % 28) + 1).padStart(2, '0');
    return `${i},${i + 1},Mr. ${i},${i === 7 ? '?' : x},${day}/10/2012,"$${1000 + x}.00 ",${i === 3 ? '' : x + (i % 9) > 50 ? 'yes' : 'no'}`;
  });
  const messy = `,PassengerId,Name,x,seen,price,y\n${rows.join('\n')}\n`;

  it('gets the keys that mend it, a data check in comments, and trains without a question', async () => {
    const folder = aFolder();
    writeFileSync(join(folder, 'messy.csv'), messy);
    const { code, stdout, stderr } = await mlopsIn(folder, ['init', 'messy.csv', '--target', 'y']);
    expect(code, stderr).toBe(0);
    expect(stdout).toContain(
      'data check:\n- column "x" has "?" among its numbers (1 of 120 values, the first in line 9)',
    );
    const text = read(folder, 'mlops.yml');
    expect(text).toContain('# Data check:\n# - column "x" has "?"');
    for (const line of [
      'missing: [ "?" ]',
      'target_missing: drop',
      'PassengerId: id',
      'Name: ignore',
      'seen: { role: date, format: "%d/%m/%Y" }',
      'roc_auc: { max_drop: 2% }',
      'f1: { max_drop: 2% }',
    ])
      expect(text).toContain(`  ${line}\n`);
    const trained = await mlopsIn(folder, ['train', '--model', 'logistic_regression', '--json']);
    expect(trained.code, trained.stderr).toBe(0);
    expect(
      await mlopsIn(folder, ['predict', '--model', 'models/messy_logistic_regression.model', '--data', 'messy.csv']),
    ).toMatchObject({ code: 0 });
  });

  it('is told in the document too', async () => {
    const folder = aFolder();
    writeFileSync(join(folder, 'messy.csv'), messy);
    const { stdout } = await mlopsIn(folder, ['init', 'messy.csv', '--target', 'y', '--json']);
    const { result } = JSON.parse(stdout);
    expect(result.gates).toEqual([
      { metric: 'roc_auc', max_drop: '2%' },
      { metric: 'f1', max_drop: '2%' },
    ]);
    expect(result.findings.map(({ check }: { check: string }) => check)).toEqual(
      expect.arrayContaining(['almost_numeric', 'ids', 'dates', 'signed_numbers', 'missing_marks']),
    );
  });

  it('reads marks among the numbers of a target as missing, and among its words as a class', async () => {
    const folder = aFolder();
    const rows = Array.from(
      { length: 60 },
      (_, i) => `${i % 10},${i % 5 === 0 ? 'NA' : i},${['NA', 'no', 'yes'][i % 3]}`,
    );
    writeFileSync(join(folder, 'marks.csv'), `x,number,word\n${rows.join('\n')}\n`);
    const found = async (target: string) =>
      JSON.parse((await mlopsIn(folder, ['init', 'marks.csv', '--target', target, '--force', '--json'])).stdout).result;
    expect(await found('number')).toMatchObject({ task: 'regression', rows: 48 });
    expect(read(folder, 'mlops.yml')).toContain('  target_missing: drop\n');
    expect(await found('word')).toMatchObject({ task: 'classification', rows: 60, classes: ['NA', 'no', 'yes'] });
  });
});

describe('the workflow', () => {
  const path = ['.github', 'workflows', 'mlops.yml'] as const;
  const CUSTOM =
    'datasets:\n  a:\n    path: reg.csv\n    target: MedHouseVal\n    models: { custom: { command: [./t] } }\n';

  it('is written with the project file, into the root of the repository', async () => {
    const folder = aFolder({ isRepository: true });
    aRepository(folder).commit({ 'sub/a.txt': 'one' });
    const { stdout, code } = await init(folder, 'reg.csv', '--config', 'sub/mlops.yml', '--workflow');
    expect([code, stdout]).toEqual([0, expect.stringContaining('wrote .github/workflows/mlops.yml, with one job')]);
    expect(read(folder, ...path)).toContain(
      '- uses: org/mlops-action@v1\n        with: { working-directory: "sub" }\n',
    );
  });

  it('of a project that is there has three jobs where a command trains', async () => {
    const folder = aFolder({ isRepository: true });
    writeFileSync(join(folder, 'mlops.yml'), CUSTOM);
    const { stdout } = await mlopsIn(folder, ['init', '--workflow']);
    expect(stdout).toContain('with three jobs, since a command trains');
    expect(read(folder, ...path)).toContain('uses: org/mlops-action/.github/workflows/gate.yml@v1\n');
    const again = await mlopsIn(folder, ['init', '--workflow']);
    expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('the file exists already')]);
    expect((await mlopsIn(folder, ['init', '--workflow', '--force'])).code).toBe(0);
  });

  it('has a second one for forks where that is asked for; neither replaces a file', async () => {
    const folder = aFolder({ isRepository: true });
    writeFileSync(join(folder, 'mlops.yml'), CUSTOM);
    const second = ['.github', 'workflows', 'mlops-comment.yml'] as const;
    const { code, stdout } = await mlopsIn(folder, ['init', '--workflow', '--forks']);
    expect([code, stdout]).toEqual([
      0,
      expect.stringContaining('wrote .github/workflows/mlops-comment.yml; it has rights'),
    ]);
    expect(read(folder, ...path)).toMatch(/^name: mlops\n/);
    expect(read(folder, ...second)).toContain('workflow_run: { workflows: [mlops], types: [completed] }');
    rmSync(join(folder, ...path));
    const again = await mlopsIn(folder, ['init', '--workflow', '--forks']);
    expect([again.code, again.stderr]).toEqual([
      2,
      expect.stringContaining('mlops-comment.yml: the file exists already'),
    ]);
    expect(() => read(folder, ...path)).toThrow('ENOENT');
    const alone = await mlopsIn(folder, ['init', '--forks']);
    expect(alone.code, alone.stderr).toBe(2);
  });

  it('needs a repository, and then nothing is written', async () => {
    const folder = aFolder();
    const { code, stderr } = await init(folder, 'reg.csv', '--workflow');
    expect([code, stderr]).toEqual([2, expect.stringContaining('there is no repository to write the workflow to')]);
    expect(() => read(folder, 'mlops.yml')).toThrow('ENOENT');
  });

  it('or a table has to be asked for', async () => {
    const { code, stderr } = await mlopsIn(aFolder(), ['init']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('`<table>` is required')]);
  });
});
