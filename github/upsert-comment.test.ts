import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aRepository, newTestFolder } from '../core/io/git/git.fixture.ts';
import { text } from '../core/report/fragments.ts';
import { toMarkdown } from '../core/report/to-markdown.ts';
import { type Rig, startRig } from '../test/rig/rig.ts';
import type { PullRequest, Repository } from '../test/rig/state.ts';
import { type Client, createClient } from './client.ts';
import { upsertComment } from './upsert-comment.ts';

const home = newTestFolder();
const source = aRepository(join(home, 'source'));
source.commit({ a: '1' });

const marker = '<!-- mlops-action:report 0badc0de0bad -->';
const names = { owner: 'org', repo: 'models' };
let rig: Rig;
let repository: Repository;
let pullRequest: PullRequest;
let branches = 0;
let ours: Client;
let theirs: Client;

beforeAll(async () => {
  rig = await startRig();
  repository = rig.createRepository({ owner: 'org', name: 'models' });
  source.git('push', '--quiet', repository.gitDir, 'main');
  const client = (login: string) =>
    createClient({
      token: rig.createToken(repository, { pull_requests: 'write' }, login),
      apiUrl: rig.apiUrl,
      userAgent: 'test',
      secondMs: 0,
    });
  ours = client('github-actions[bot]');
  theirs = client('mallory');
});
beforeEach(() => {
  const headRef = `change-${++branches}`;
  source.git('push', '--quiet', repository.gitDir, `main:${headRef}`);
  pullRequest = rig.openPullRequest({ repository, headRef });
});
afterEach(() => rig.assertExpected());
afterAll(async () => {
  await rig.close();
  rmSync(home, { recursive: true, force: true });
});

const upsert = (body: string, octokit = ours, head = pullRequest.head.sha) =>
  upsertComment(octokit, names, pullRequest.number, { marker, head, body: toMarkdown([text(body)]) });
const about = (body: string, head = pullRequest.head.sha) => `${marker}\nCommit ${head}\n\n${body}`;
const bodies = () => rig.comments(pullRequest).map(({ login, body }) => `${login}: ${body}`);
const comment = (octokit: Client, body: string) =>
  octokit.rest.issues.createComment({ ...names, issue_number: pullRequest.number, body });

describe('upsertComment', () => {
  it('creates, then edits, then leaves alone', async () => {
    const created = await upsert('one');
    expect(created.change).toBe('created');
    expect(await upsert('two')).toEqual({ url: created.url, change: 'updated' });
    expect(await upsert('two')).toEqual({ url: created.url, change: 'unchanged' });
    expect(bodies()).toEqual([`github-actions[bot]: ${about('two')}`]);
    expect(rig.requests.filter((one) => one.startsWith('PATCH'))).toHaveLength(1);
  });

  it('finds its comment among more than a page of others', async () => {
    for (let i = 0; i < 105; i++) rig.comment(repository, pullRequest.number, 'mallory', `comment ${i}`);
    await comment(ours, about('one').replaceAll('\n', '\r\n'));
    expect((await upsert('one')).change).toBe('unchanged');
    expect((await upsert('two')).change).toBe('updated');
    expect(bodies()).toHaveLength(106);
  });

  it('does not take a comment that quotes the marker for its own', async () => {
    await comment(theirs, `Look:\n${marker}\none`);
    await comment(theirs, ` ${marker}`);
    expect((await upsert('one')).change).toBe('created');
    expect(bodies()).toHaveLength(3);
  });

  it('creates its own where another wrote the marker', async () => {
    await comment(theirs, `${marker}\nfake`);
    expect((await upsert('one')).change).toBe('created');
    expect((await upsert('two')).change).toBe('updated');
    expect(bodies()).toEqual([`mallory: ${marker}\nfake`, `github-actions[bot]: ${about('two')}`]);
  });

  it('edits the oldest of duplicates', async () => {
    await comment(ours, `${marker}\none`);
    await comment(ours, `${marker}\none`);
    expect((await upsert('two')).change).toBe('updated');
    expect(bodies()).toEqual([`github-actions[bot]: ${about('two')}`, `github-actions[bot]: ${marker}\none`]);
  });

  it('creates none where it is only to replace one', async () => {
    const body = toMarkdown([text('nothing to judge')]);
    const replace = () =>
      upsertComment(ours, names, pullRequest.number, { marker, head: pullRequest.head.sha, body, onlyReplace: true });
    expect(await replace()).toEqual({ url: undefined, change: 'none' });
    await upsert('one');
    expect((await replace()).change).toBe('updated');
    expect(bodies()).toEqual([`github-actions[bot]: ${about('nothing to judge')}`]);
  });

  it('keeps a comment for each job', async () => {
    await upsert('one');
    const other = marker.replace('0bad -->', '0bae -->');
    const head = pullRequest.head.sha;
    await upsertComment(ours, names, pullRequest.number, { marker: other, head, body: toMarkdown([text('two')]) });
    expect(bodies()).toHaveLength(2);
  });

  it('never replaces what is about the present head by what is about an older one', async () => {
    const old = pullRequest.head.sha;
    await upsert('old');
    const fresh = source.git('commit-tree', '-p', 'main', '-m', 'more', 'main^{tree}');
    source.git('push', '--quiet', '--force', repository.gitDir, `${fresh}:refs/heads/${pullRequest.head.ref}`);
    rig.syncPullRequest(pullRequest);
    expect((await upsert('an error of the old head', ours, old)).change).toBe('updated');
    expect((await upsert('new', ours, fresh)).change).toBe('updated');
    expect((await upsert('a late job of the old head', ours, old)).change).toBe('kept');
    expect(bodies()).toEqual([`github-actions[bot]: ${about('new', fresh)}`]);
  });

  it('says so when the token may not comment', async () => {
    const token = rig.createToken(repository, { pull_requests: 'read' });
    const reader = createClient({ token, apiUrl: rig.apiUrl, userAgent: 'test', secondMs: 0 });
    await expect(upsert('one', reader)).rejects.toMatchObject({ status: 403 });
  });
});
