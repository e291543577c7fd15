import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { useRig } from './rig.fixture.ts';

const world = useRig();
const READ = { contents: 'read' } as const;

describe('the contents API', () => {
  it('gives files as JSON and raw, folders as lists', async () => {
    const { names, push, client } = world.aProject();
    push('main', { 'data/churn.csv': 'a,b\n', 'empty.txt': '' });
    const octokit = client(READ);
    const { data } = await octokit.rest.repos.getContent({ ...names, path: 'data/churn.csv' });
    expect(data).toMatchObject({ type: 'file', encoding: 'base64', size: 4, content: 'YSxiCg==' });
    const raw = { mediaType: { format: 'raw' } };
    expect((await octokit.rest.repos.getContent({ ...names, path: 'data/churn.csv', ...raw })).data).toBe('a,b\n');
    expect((await octokit.rest.repos.getContent({ ...names, path: 'empty.txt', ...raw })).data).toBe('');
    const list = async (path: string) => (await octokit.rest.repos.getContent({ ...names, path })).data;
    expect(await list('data')).toMatchObject([{ type: 'file', name: 'churn.csv', path: 'data/churn.csv', size: 4 }]);
    expect(await list('')).toMatchObject([{ name: 'a.txt' }, { name: 'data', type: 'dir' }, { name: 'empty.txt' }]);
    await expect(list('none')).rejects.toMatchObject({ status: 404 });
  });

  it('follows a symlink to a file of the repository, and tells of others where they lead', async () => {
    const { names, source, push, client } = world.aProject();
    for (const [link, target] of Object.entries({
      link: 'a.txt',
      outside: '/etc/passwd',
      up: '../b',
      folder: 'data',
    })) {
      symlinkSync(target, join(source.folder, link));
    }
    push('main', { 'data/b.txt': 'b' });
    const octokit = client(READ);
    const get = async (path: string) => (await octokit.rest.repos.getContent({ ...names, path })).data;
    expect(await get('link')).toMatchObject({ type: 'file', path: 'link', content: 'b25lCg==' });
    expect(await get('outside')).toMatchObject({ type: 'symlink', target: '/etc/passwd' });
    expect(await get('up')).toMatchObject({ type: 'symlink', target: '../b' });
    expect(await get('folder')).toMatchObject({ type: 'symlink', target: 'data' });
    await expect(get('folder/b.txt')).rejects.toMatchObject({ status: 404 });
    const types = ((await get('')) as { name: string; type: string }[]).map(({ name, type }) => `${name} ${type}`);
    expect(types).toContain('link symlink');
  });

  it('names a submodule, whose files are not here', async () => {
    const { repository, names, source, client } = world.aProject();
    const commit = source.git('rev-parse', 'main');
    source.git('update-index', '--add', '--cacheinfo', `160000,${commit},sub`);
    source.git('commit', '--quiet', '-m', 'submodule');
    source.git('config', '--file', '.gitmodules', 'submodule.sub.path', 'sub');
    source.git('config', '--file', '.gitmodules', 'submodule.sub.url', 'https://example.com/sub.git');
    source.git('add', '.gitmodules');
    source.git('commit', '--quiet', '-m', 'where it is');
    source.git('push', '--quiet', repository.gitDir, 'main');
    const octokit = client(READ);
    const { data } = await octokit.rest.repos.getContent({ ...names, path: 'sub' });
    expect(data).toMatchObject({ type: 'submodule', sha: commit, submodule_git_url: 'https://example.com/sub.git' });
  });

  it('leaves out the content of large files, and refuses larger ones', async () => {
    const { rig } = world;
    const { names, push, client } = world.aProject();
    push('main', { large: 'x'.repeat(2 ** 20 + 1) });
    const octokit = client(READ);
    const get = async (options = {}) =>
      (await octokit.rest.repos.getContent({ ...names, path: 'large', ...options })).data;
    expect(await get()).toMatchObject({ type: 'file', encoding: 'none', content: '', size: 2 ** 20 + 1 });
    expect(await get({ mediaType: { format: 'raw' } })).toHaveLength(2 ** 20 + 1);
    const { contentBytes } = rig.limits;
    rig.limits.contentBytes = 2 ** 20;
    await expect(get()).rejects.toMatchObject({ status: 403, message: expect.stringMatching(/too large/) });
    rig.limits.contentBytes = contentBytes;
  });

  it('says 404 to who may not see a private file, and of any file when told to', async () => {
    const { rig } = world;
    const { names, client } = world.aProject({ private: true });
    const stranger = world.aProject().client(READ);
    const of = { ...names, path: 'a.txt' };
    await expect(stranger.rest.repos.getContent(of)).rejects.toMatchObject({ status: 404 });
    rig.faults.hideContents('a.txt', 1);
    await expect(client(READ).rest.repos.getContent(of)).rejects.toMatchObject({ status: 404 });
    expect((await client(READ).rest.repos.getContent(of)).status).toBe(200);
  });
});
