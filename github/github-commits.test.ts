import { describe, expect, it } from 'vitest';
import { useRig } from '../test/rig/rig.fixture.ts';
import { createGithubCommits } from './github-commits.ts';

const github = useRig();

describe('createGithubCommits', () => {
  const aCommit = () => {
    const project = github.aProject();
    const sha = project.push('main', { 'mlops.yml': 'seed: 1\n', 'deep/er/b.txt': 'two\n' });
    return { sha, open: createGithubCommits(project.client({ contents: 'read' }), project.names) };
  };

  it('reads files of a commit', async () => {
    const { sha, open } = aCommit();
    const commit = (await open(sha))!;
    expect([...(await commit.entries()).keys()].sort()).toEqual(['a.txt', 'deep/er/b.txt', 'mlops.yml']);
    expect(commit.parents).toHaveLength(1);
    const read = await commit.read(['mlops.yml', 'gone', 'deep'], 100);
    expect(read.get('mlops.yml')).toEqual({ kind: 'file', bytes: Buffer.from('seed: 1\n') });
    expect(read.get('gone')).toEqual({ kind: 'absent' });
    expect(read.get('deep')).toEqual({ kind: 'absent' });
    expect((await commit.read(['mlops.yml'], 3)).get('mlops.yml')).toEqual({ kind: 'too_large', bytes: 8 });
  });

  it('asks folder by folder where GitHub cuts its answer', async () => {
    const { sha, open } = aCommit();
    github.rig.limits.treeEntries = 4;
    try {
      expect([...(await (await open(sha))!.entries()).keys()].sort()).toEqual(['a.txt', 'deep/er/b.txt', 'mlops.yml']);
    } finally {
      github.rig.limits.treeEntries = 100_000;
    }
  });

  it('knows no commit that GitHub does not know', async () => {
    expect(await aCommit().open('e'.repeat(40))).toBe(null);
  });
});
