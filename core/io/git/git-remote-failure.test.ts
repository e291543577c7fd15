import { describe, expect, it } from 'vitest';
import { GitError } from './git.ts';
import { explainRemote, remoteFailure } from './git-remote-failure.ts';

const failed = (stderr: string, stdout = '') =>
  new GitError('git push failed', { exitCode: 1, stdout, stderr, kind: 'failed' });

describe('remoteFailure', () => {
  it.each([
    ['a push that came second', '', '!\tabc:refs/heads/runs\t[rejected] (fetch first)', 'race'],
    ['a push while another held the branch', '', '!\tabc:refs/heads/runs\t[remote rejected] (cannot lock ref)', 'race'],
    [
      'a branch that moved during the push',
      "remote: error: cannot lock ref 'refs/heads/runs': is at a but expected b",
      '!\tabc:refs/heads/runs\t[remote rejected] (failed to update ref)',
      'race',
    ],
    ['two fetches into one folder', "fatal: Unable to create '/x/shallow.lock': File exists.", '', 'race'],
    ['a branch deleted before the fetch', "fatal: couldn't find remote ref refs/heads/runs", '', 'race'],
    [
      'no name server',
      "fatal: unable to access 'https://github.com/a/b/': Could not resolve host: github.com",
      '',
      'network',
    ],
    [
      'a server in trouble',
      "fatal: unable to access 'https://github.com/a/b/': The requested URL returned error: 502",
      '',
      'network',
    ],
    ['too many requests', 'error: RPC failed; HTTP 429 curl 22 The requested URL returned error: 429', '', 'network'],
    ['a connection cut', 'fatal: early EOF', '', 'network'],
    [
      'a token without write access',
      "remote: Permission to a/b.git denied to github-actions[bot].\nfatal: unable to access 'https://github.com/a/b/': The requested URL returned error: 403",
      '',
      'denied',
    ],
    ['no token', "fatal: could not read Username for 'https://github.com': terminal prompts disabled", '', 'denied'],
    [
      'no such repository',
      "remote: Repository not found.\nfatal: repository 'https://github.com/a/b/' not found",
      '',
      'denied',
    ],
    [
      'a ruleset',
      'remote: error: GH013: Repository rule violations found for refs/heads/runs.',
      '!\tabc:refs/heads/runs\t[remote rejected] (push declined due to repository rule violations)',
      'denied',
    ],
    [
      'a stranger over SSH',
      'git@github.com: Permission denied (publickey).\nfatal: Could not read from remote repository.',
      '',
      'denied',
    ],
    ['anything else', 'fatal: bad object', '', 'unknown'],
  ])('knows %s', (_title, stderr, stdout, failure) => {
    expect(remoteFailure(failed(stderr, stdout))).toBe(failure);
  });

  it('takes a time limit for the network and a missing git for something else', () => {
    const of = { exitCode: null, stdout: '', stderr: '' };
    expect(remoteFailure(new GitError('x', { ...of, kind: 'timeout' }))).toBe('network');
    expect(remoteFailure(new GitError('x', { ...of, kind: 'missing' }))).toBe('unknown');
  });
});

describe('explainRemote', () => {
  it('says what was said and what to do, and keeps the cause', () => {
    const cause = failed('fatal: early EOF');
    const error = explainRemote(cause, 'network', { what: 'branch runs', permission: 'write' }, '/cache');
    expect(error.problems).toEqual([
      {
        message: 'the repository cannot be reached',
        found: 'fatal: early EOF',
        next: 'check the network, then run the command again',
      },
    ]);
    expect(error.cause).toBe(cause);
  });
});
