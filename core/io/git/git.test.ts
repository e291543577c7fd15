import { rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { aRepository, newTestFolder } from './git.fixture.ts';
import { createGit, GitError } from './git.ts';
import { createGitRecordFiles } from './git-record-files.ts';
import { tokenConfig } from './git-remote.ts';

const home = newTestFolder();
afterAll(() => rmSync(home, { recursive: true, force: true }));
afterEach(() => vi.unstubAllEnvs());
const repository = aRepository(join(home, 'repository'));
const gitDir = join(repository.folder, '.git');
const sha = repository.commit({ a: '1' });

async function failure(promise: Promise<unknown>): Promise<GitError> {
  const error: GitError = await promise.then(
    () => undefined as never,
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(GitError);
  return error;
}

describe('createGit', () => {
  it('gives what git prints, reading what it is handed', async () => {
    const git = createGit(gitDir);
    expect(await git.run(['rev-parse', 'HEAD'])).toBe(`${sha}\n`);
    expect(await git.run(['hash-object', '--stdin'], { input: 'hello\n' })).toBe(
      'ce013625030ba8dba906f756967f9e9ca394464a\n',
    );
  });

  it('passes arguments as they are, past any shell', async () => {
    const text = '$(touch x); `id` "quoted" \\ *';
    expect(await createGit(gitDir).run(['rev-parse', '--sq-quote', text])).toBe(` '${text}'\n`);
  });

  it('says what failed, how and why', async () => {
    const error = await failure(createGit(gitDir).run(['cat-file', 'blob', 'no-such-thing']));
    expect(error).toMatchObject({ kind: 'failed', exitCode: 128 });
    expect(error.problems[0]).toEqual({
      message: 'git cat-file failed',
      found: 'fatal: Not a valid object name no-such-thing',
    });
  });

  it('answers undefined where no is an answer', async () => {
    expect(await createGit(gitDir).tryRun(['rev-parse', '--verify', '--quiet', 'nothing'])).toBeUndefined();
    await failure(createGit(gitDir, { env: { PATH: home } }).tryRun(['rev-parse', 'HEAD']));
  });

  it('says that git is missing', async () => {
    const error = await failure(createGit(gitDir, { env: { PATH: home } }).run(['rev-parse', 'HEAD']));
    expect(error).toMatchObject({ kind: 'missing', exitCode: null });
    expect(error.problems[0]!.next).toBe('install git, outside the project');
  });

  it('stops a command that takes too long', async () => {
    const slow = ['-c', 'alias.slow=!sleep 5', 'slow'];
    const error = await failure(createGit(gitDir).run(slow, { timeout: 100 }));
    expect(error).toMatchObject({ kind: 'timeout', exitCode: null });
  });

  it('is not led astray by the variables a hook has set', async () => {
    const env = {
      ...process.env,
      GIT_DIR: home,
      GIT_INDEX_FILE: join(home, 'x'),
      GIT_WORK_TREE: home,
      LC_ALL: 'de_DE',
    };
    expect(await createGit(gitDir, { env }).run(['rev-parse', 'HEAD'])).toBe(`${sha}\n`);
  });

  it.each(['user', 'isolated'] as const)('for access %s has no configuration but ours', async (access) => {
    const env = {
      ...process.env,
      GIT_CONFIG_COUNT: '2',
      GIT_CONFIG_KEY_0: 'test.theirs',
      GIT_CONFIG_VALUE_0: '1',
      GIT_CONFIG_KEY_1: 'test.theirs',
      GIT_CONFIG_VALUE_1: '2',
      GIT_CONFIG_PARAMETERS: "'test.parameter=3'",
    };
    const git = createGit(gitDir, { env, access, config: [['test.ours', '2']] });
    expect(await git.run(['config', '--get-regexp', '^test'])).toBe('test.ours 2\n');
  });

  it('runs no command but those of objects where others have written', async () => {
    const git = createGit(gitDir, { access: 'objects' });
    expect(await git.run(['rev-parse', 'HEAD'])).toBe(`${sha}\n`);
    for (const command of ['status', 'diff', 'checkout', 'worktree', 'archive', 'fetch', 'config', '-c', '--exec-path'])
      await expect(git.run([command])).rejects.toThrow(`git ${command} reads more than objects`);
  });

  it('blacks out secrets and passwords in addresses', async () => {
    const git = createGit(gitDir, { secrets: ['s3cret', ''] });
    const error = await failure(git.run(['fetch', 'http://me:pass@127.0.0.1:1/s3cret']));
    expect(`${error.message}${error.stderr}`).not.toMatch(/s3cret|pass/);
    expect(error.stderr).toContain('***');
  });
});

describe('tokenConfig', () => {
  it('sends the token to the server, once, whatever the user has configured, and to no process list', async () => {
    const seen: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      seen.push(request.headers.authorization);
      response.writeHead(403).end();
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    vi.stubEnv('GIT_CONFIG_COUNT', '1');
    vi.stubEnv('GIT_CONFIG_KEY_0', `http.${url}/.extraheader`);
    vi.stubEnv('GIT_CONFIG_VALUE_0', 'AUTHORIZATION: basic b2xk');
    try {
      const files = createGitRecordFiles({
        remote: `${url}/org/repository`,
        branch: 'runs',
        workDir: join(home, 'work'),
        token: 'a-token',
      });
      await expect(files.list('runs')).rejects.toThrow(/refuses access to branch runs/);
    } finally {
      server.close();
    }
    const expected = `basic ${Buffer.from('x-access-token:a-token').toString('base64')}`;
    expect(seen).toEqual([expected]);
    expect(tokenConfig(`${url}//`, 'a-token')).toEqual([
      [`http.${url}/.extraheader`, ''],
      [`http.${url}/.extraheader`, `AUTHORIZATION: ${expected}`],
    ]);
  });
});
