import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { generators } from '../../core/datasets/index.ts';
import { aRepository, newTestFolder } from '../../core/io/git/git.fixture.ts';
import { writeCsv } from '../../core/table/csv-writer.ts';
import { mlopsIn } from './mlops.fixture.ts';

const home = newTestFolder();
afterAll(() => rmSync(home, { recursive: true, force: true }));
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});
let count = 0;

const FILES = {
  '.gitignore': '.mlops/\nmetrics/\nmodels/\nreports/\n',
  'churn.csv': writeCsv(generators.get('customer_churn').generate({ rows: 200, seed: 7 })),
  'mlops.yml': `datasets:
  churn:
    { path: churn.csv, target: Churn, models: [logistic_regression], gates: { accuracy: { max_drop: 0.01, min: 0.99 } } }
`,
};
const write = (folder: string) => {
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
};

describe('a project on a laptop, where there is no commit to look at', () => {
  it.each<[string, (folder: string) => void, string]>([
    ['no repository', write, '📋 Not judged: no git repository'],
    [
      'an empty .git',
      (folder) => {
        write(folder);
        mkdirSync(join(folder, '.git'));
      },
      '📋 Not judged: no git repository',
    ],
    [
      'no git on the machine',
      (folder) => {
        aRepository(folder).commit(FILES);
        const bin = `${folder}-bin`;
        mkdirSync(bin);
        symlinkSync(process.execPath, join(bin, 'node'));
        vi.stubEnv('PATH', bin);
      },
      '📋 Not judged: git could not be found in PATH',
    ],
    [
      'a bare repository',
      (folder) => {
        aRepository(folder, '--bare');
        write(folder);
      },
      '📋 Not judged: the folder lies in a bare repository, which has no files',
    ],
    [
      'a repository of another user',
      (folder) => {
        aRepository(folder).commit(FILES);
        vi.stubEnv('GIT_CONFIG_GLOBAL', '/dev/null');
        vi.stubEnv('SUDO_UID', '');
        vi.spyOn(process as { getuid: () => number }, 'getuid').mockReturnValue(process.getuid!() + 1);
      },
      'belongs to another user',
    ],
    [
      'a repository that is broken',
      (folder) => {
        aRepository(folder).commit(FILES);
        writeFileSync(join(folder, '.git/HEAD'), 'nonsense\n');
      },
      '📋 Not judged: git cannot read the repository',
    ],
  ])('is trained and not judged: %s', async (_title, prepare, says) => {
    const folder = join(home, String(++count));
    mkdirSync(folder);
    prepare(folder);
    // What was trained here before is no baseline.
    for (const command of [['pipeline'], ['pipeline', '--force'], ['compare']]) {
      const { code, stdout, stderr } = await mlopsIn(folder, command);
      expect(stdout.trim().split('\n').at(-1), stderr).toContain(says);
      expect(stdout).not.toMatch(/[✅❌🌱]|first run/u);
      expect(code).toBe(0);
    }
    const document = JSON.parse((await mlopsIn(folder, ['pipeline', '--json'])).stdout);
    expect(document).toMatchObject({ status: 'done', result: { verdict: null } });
    expect((await mlopsIn(folder, ['runs', 'list'])).code).toBe(0);
  });

  it('is told what would give it something to compare with, and that a baseline cannot be named', async () => {
    const folder = join(home, String(++count));
    mkdirSync(folder);
    write(folder);
    const { stdout, code } = await mlopsIn(folder, ['pipeline', '--baseline', 'v1']);
    expect(stdout).toContain('run git init and commit, to compare changes with earlier commits, or work in a clone');
    expect(stdout).toContain('--baseline v1 was ignored: no git repository');
    expect(code).toBe(0);
  });

  it('is a first run before the first commit', async () => {
    const { folder } = aRepository(join(home, String(++count)));
    write(folder);
    const { stdout } = await mlopsIn(folder, ['pipeline']);
    expect(stdout).toContain('❌ churn accuracy');
    execFileSync('git', ['-C', folder, 'add', '--all']);
    expect((await mlopsIn(folder, ['pipeline'])).stdout).toContain('nothing is committed yet');
  });
});
