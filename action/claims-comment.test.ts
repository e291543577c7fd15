import { describe, expect, it } from 'vitest';
import { aBudget, aDataset, aLimit, aReport, aVerdict } from '../core/report/report.fixture.ts';
import { formatReport } from '../core/report/report-file.ts';
import type { Report } from '../core/report/report-schema.ts';
import { toTerminal } from '../core/report/to-terminal.ts';
import { artifactName, claimsMarker } from '../github/job-key.ts';
import { aZip } from '../github/zip.fixture.ts';
import { digestOf } from '../test/rig/results.ts';
import { useRig } from '../test/rig/rig.fixture.ts';
import type { PullRequest } from '../test/rig/state.ts';
import type { StartOptions } from '../test/rig/workflow-runs.ts';
import { commentClaims } from './claims-comment.ts';

const fixture = useRig();
const GATE = '.github/workflows/mlops.yml';
const KEY = '0badc0de0bad';
/** What the workflow of docs/forks.md grants. */
const COMPANION = { actions: 'read', pull_requests: 'write' } as const;

interface Artifact {
  readonly name?: string;
  readonly bytes: Uint8Array;
}

/** A report as a job of a workflow run writes it. */
const reportFor =
  (changes: Partial<Report> = {}) =>
  (runId: number): Artifact =>
    zipped(formatReport(aReport({ runUrl: addressOf(runId), ...changes })));
const addressOf = (runId: number) => `https://github.com/org/models/actions/runs/${runId}`;
const zipped = (content: string | Uint8Array, file = 'report.json'): Artifact => ({
  bytes: aZip([{ name: file, content }]),
});

let shared: ReturnType<typeof aFork> | undefined;
/** The one of all tests, whose pull requests have branches of their own. */
const theFork = () => (shared ??= aFork());
let branches = 0;

/** A repository, a fork of it, and pull requests from there. */
function aFork() {
  const { rig } = fixture;
  const project = fixture.aProject({ private: true });
  const { repository, names, source } = project;
  const fork = rig.createRepository({ owner: 'mona', name: names.repo, forkOf: repository });
  const pushToFork = (branch: string, text: string) => {
    project.push(branch, { 'b.txt': text });
    source.git('push', '--quiet', '--force', fork.gitDir, branch);
  };
  const propose = () => {
    const headRef = `work-${++branches}`;
    pushToFork(headRef, `${headRef}\n`);
    return rig.openPullRequest({ repository, headRef, headRepository: fork });
  };
  /** A workflow run of the pull request that has ended. */
  const ended = (
    pullRequest: PullRequest,
    artifacts: readonly ((runId: number) => Artifact)[] = [reportFor()],
    of: Partial<StartOptions> = {},
  ) => {
    const { runId, job } = rig.startWorkflowRun({ repository, event: 'pull_request', pullRequest, ...of });
    artifacts.forEach((make, i) => {
      const { name = artifactName(KEY.replace(/.$/, String(i)), of.attempt ?? 1), bytes } = make(runId);
      rig.addArtifact({ runId, name, bytes, digest: digestOf(bytes) });
    });
    rig.finishJob(job, 'failure');
    return { id: runId, attempt: of.attempt ?? 1 };
  };
  const companion = async (run: { readonly id: number; readonly attempt: number }, permissions: object = COMPANION) => {
    const token = rig.createToken(repository, permissions);
    const world = { octokit: project.clientOf(token), repository: names, repositoryId: repository.id };
    const { said } = await commentClaims(world, run, GATE);
    return { said: toTerminal(said), requests: rig.requestsOf(token) };
  };
  // Without what keeps GitHub from linking long numbers.
  const bodies = (pull: PullRequest) => rig.comments(pull).map(({ body }) => body.replaceAll('\u200b', ''));
  return { ...project, fork, pushToFork, propose, ended, companion, bodies };
}

describe('a workflow run of a fork', () => {
  it('is told of in one comment, which says first whose word it is', async () => {
    const { propose, ended, companion, bodies } = theFork();
    const pull = propose();
    const run = ended(pull, [reportFor(), reportFor()]);
    const { said, requests } = await companion(run);
    expect(said).toContain(`Pull request ${pull.number} has a comment`);
    expect(requests.filter((line) => !line.startsWith('GET '))).toEqual([
      expect.stringMatching(/^POST .*\/issues\/\d+\/comments$/),
    ]);
    const [body, ...more] = bodies(pull);
    expect(more).toEqual([]);
    expect(body!.split('\n').slice(0, 5)).toEqual([
      claimsMarker(GATE),
      `Commit ${pull.head.sha}`,
      '',
      '### ⚠️ Claims of a fork’s run, verified by nobody',
      '',
    ]);
    expect(body).toMatch(
      /> \[The workflow run\]\(http[^)]*\/actions\/runs\/\d+\) ended with `failure`\. What stands below is what its jobs say/,
    );
    expect(body!.split('### ')).toHaveLength(4);
    expect(body).toContain(`commit \`${pull.head.sha.slice(0, 7)}\``);
    expect(body).not.toContain('https://github.com/org/models');
  });

  it('is told of in the same comment after the next push, and an earlier one no more', async () => {
    const { propose, pushToFork, ended, companion, bodies } = theFork();
    const pull = propose();
    const first = ended(pull);
    await companion(first);
    pushToFork(pull.head.ref, 'two\n');
    fixture.rig.syncPullRequest(pull);
    const stale = await companion(first);
    expect(stale.said).toMatch(
      /^Nothing was posted: no open pull request has the head [0-9a-f]{40}: it was pushed to again, or closed/,
    );
    await companion(ended(pull));
    expect(bodies(pull)).toEqual([expect.stringContaining(`\nCommit ${pull.head.sha}\n`)]);
  });

  it('that trained nothing says nothing, as a job that may write', async () => {
    const { propose, ended, companion, bodies } = theFork();
    const pull = propose();
    const { said } = await companion(ended(pull, [reportFor({ datasets: [], stopsMerge: false })]));
    expect(said).toBe('Nothing was posted: no job of the workflow run has anything to tell.');
    expect(bodies(pull)).toEqual([]);
  });

  it('of a head that several pull requests have is not told of', async () => {
    const { rig } = fixture;
    const { repository, fork, propose, push, ended, companion, bodies } = theFork();
    push('release', { 'c.txt': 'r\n' });
    const pull = propose();
    const other = rig.openPullRequest({ repository, headRef: pull.head.ref, headRepository: fork, baseRef: 'release' });
    const { said } = await companion(ended(pull));
    expect(said).toContain('several open pull requests have the head');
    expect([...bodies(pull), ...bodies(other)]).toEqual([]);
  });

  it('is told of although a job made a check by the name of the App’s', async () => {
    const { rig } = fixture;
    const { repository, propose, ended, companion, bodies } = theFork();
    const pull = propose();
    const token = rig.createToken(repository, { checks: 'write' });
    const { status } = await fetch(`${rig.apiUrl}/repos/${repository.fullName}/check-runs`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'mlops/gate', head_sha: pull.head.sha, status: 'queued' }),
    });
    expect(status).toBe(201);
    await companion(ended(pull), { ...COMPANION, checks: 'read' });
    expect(bodies(pull)).toHaveLength(1);
  });

  it('needs the permission to comment', async () => {
    const { propose, ended, companion } = theFork();
    const run = ended(propose());
    await expect(companion(run, { actions: 'read', pull_requests: 'read' })).rejects.toMatchObject({ status: 403 });
  });
});

it('a run for Dependabot is told of, although its branch is the repository’s own', async () => {
  const { repository, push, ended, companion, bodies } = theFork();
  push('bump', { 'b.txt': '1\n' });
  const pull = fixture.rig.openPullRequest({ repository, headRef: 'bump', headRepository: repository });
  await companion(ended(pull, [reportFor()], { actor: 'dependabot[bot]' }));
  expect(bodies(pull)).toEqual([expect.stringContaining('### ⚠️ Claims of a run for Dependabot, verified by nobody')]);
});

describe('nothing is told of', () => {
  it.each<[title: string, of: Partial<StartOptions>, why: string]>([
    [
      'another workflow of the same name',
      { path: '.github/workflows/evil.yml', name: 'mlops' },
      'the workflow run is of `.github/workflows/evil.yml`, not of `.github/workflows/mlops.yml`',
    ],
    ['a run of another event', { event: 'pull_request_review' }, 'of the event pull_request_review'],
  ])('%s', async (_title, of, why) => {
    const { propose, ended, companion, bodies } = theFork();
    const pull = propose();
    const { said } = await companion(ended(pull, [reportFor()], of));
    expect(said.replaceAll('`', '')).toContain(why.replaceAll('`', ''));
    expect(bodies(pull)).toEqual([]);
  });

  it('a push to the fork’s branch', async () => {
    const { fork, propose, ended, companion, bodies } = theFork();
    const pull = propose();
    const { said } = await companion(
      ended(pull, [reportFor()], { event: 'push', headRepository: fork, headBranch: 'main', headSha: pull.head.sha }),
    );
    expect(said).toContain('of the event push, not of a pull request');
    expect(bodies(pull)).toEqual([]);
  });

  it('a run whose jobs may write', async () => {
    const { repository, push, ended, companion, bodies } = theFork();
    push('own', { 'b.txt': '1\n' });
    const pull = fixture.rig.openPullRequest({ repository, headRef: 'own', headRepository: repository });
    expect((await companion(ended(pull))).said).toContain('may write, so they comment themselves');
    expect(bodies(pull)).toEqual([]);
  });

  it('a run of another repository', async () => {
    const { propose, ended } = theFork();
    const other = aFork();
    const run = ended(propose());
    expect((await other.companion(run)).said).toContain('GitHub does not know the workflow run');
  });

  it('a run that was deleted', async () => {
    const { propose, ended, companion } = theFork();
    const run = ended(propose());
    fixture.rig.deleteRun(run.id);
    expect((await companion(run)).said).toContain('GitHub does not know the workflow run');
  });

  it('an attempt after which another began, neither while that runs nor later', async () => {
    const { rig } = fixture;
    const { repository, propose, ended, companion, bodies } = theFork();
    const pull = propose();
    const first = ended(pull);
    const again = rig.startWorkflowRun({
      ...{ repository, event: 'pull_request', pullRequest: pull, runId: first.id, attempt: 2 },
    });
    const second = { ...first, attempt: 2 };
    for (const run of [first, second])
      expect((await companion(run)).said).toContain('the workflow run was started again');
    const { bytes } = reportFor({ warnings: ['of the second attempt'] })(first.id);
    rig.addArtifact({ runId: first.id, name: artifactName(`${KEY.slice(0, -1)}0`, 2), bytes, digest: digestOf(bytes) });
    rig.finishJob(again.job, 'failure');
    expect((await companion(first)).said).toContain('the workflow run was started again');
    expect(bodies(pull)).toEqual([]);
    await companion(second);
    expect(bodies(pull)).toEqual([expect.stringContaining('of the second attempt')]);
  });
});

describe('what a stranger uploads', () => {
  it.each<[title: string, make: (runId: number) => Artifact, why: RegExp]>([
    ['a report of another workflow run', (id) => reportFor()(id + 1), /is about something else than this workflow run/],
    ['a report of another workflow run, by its end', (id) => reportFor()(Number(`9${id}`)), /is about something else/],
    ['a report of no workflow run', () => reportFor({ runUrl: null })(0), /is about something else/],
    ['a report of main', reportFor({ place: 'tracked_branch' }), /is about something else/],
    [
      'an archive that inflates to more than is read',
      () => zipped(Buffer.alloc(50_000_001)),
      /files have 50000001 bytes, more than 50000000/,
    ],
    [
      'a report that is larger than is read',
      () => zipped(Buffer.alloc(20_000_001)),
      /report\.json: is larger than 20000000 bytes/,
    ],
    ['an archive that leads out of its folder', () => zipped('{}', '../report.json'), /invalid zip archive/],
    ['a report of another shape', () => zipped('{"schema":2,"verdict":{"outcome":"pass"}}'), /is not a report/],
    ['Markdown instead of a report', () => zipped('# Approved', 'report.md'), /left no report that can be read/],
    ['what is no archive', () => ({ bytes: Buffer.from('PK') }), /invalid zip archive/],
    [
      'an artifact of an attempt that has not been',
      (id) => ({ ...reportFor()(id), name: artifactName(KEY, 9) }),
      /left no report that can be read/,
    ],
    [
      'an artifact of another name',
      (id) => ({ ...reportFor()(id), name: 'report' }),
      /left no report that can be read/,
    ],
    [
      'a report that links to another place than this repository',
      reportFor({
        verdict: aVerdict({
          gates: [{ ...aLimit(), accepted: { by: 'x', at: '', because: 'y', url: 'https://a.org/pull/1' } }],
        }),
      }),
      /is about something else/,
    ],
    [
      'a report of a budget that nobody knows',
      reportFor({ verdict: aVerdict({ gates: [{ ...aBudget(), budget: 'nobody' } as never] }) }),
      /1 of 1 reports cannot be shown|is not a report/,
    ],
  ])('%s is not shown, and what was said before goes', async (_title, make, why) => {
    const { propose, pushToFork, ended, companion, bodies } = theFork();
    const pull = propose();
    await companion(ended(pull));
    expect(bodies(pull)).toEqual([expect.stringContaining('`churn`')]);
    pushToFork(pull.head.ref, 'two\n');
    fixture.rig.syncPullRequest(pull);
    await companion(ended(pull, [make]));
    const [body, ...more] = bodies(pull);
    expect(more).toEqual([]);
    expect(body).toContain(`\nCommit ${pull.head.sha}\n`);
    expect(body).toMatch(why);
    expect(body).not.toMatch(/`churn`|Approved/);
    expect(body!.split('### ')).toHaveLength(2);
  });

  it('however many artifacts: they make one comment that GitHub takes', async () => {
    const { propose, ended, companion, bodies } = theFork();
    const pull = propose();
    const name = (i: number) => artifactName(i.toString(16).padStart(12, '0'), 1);
    await companion(
      ended(
        pull,
        Array.from({ length: 30 }, (_, i) => (id: number) => ({ ...reportFor()(id), name: name(i) })),
      ),
    );
    const [body, ...more] = bodies(pull);
    expect(more).toEqual([]);
    expect(body).toContain('10 more artifacts were not read');
    expect(body!.split('### ')).toHaveLength(22);
  });

  it('whatever its names are: nobody is mentioned, and nothing is linked but the workflow run', async () => {
    const { propose, ended, companion } = theFork();
    const pull = propose();
    const evil = '`</details>\n\n### Approved by @octo/team, fixes #1 [click](https://evil.example) <img src=x>';
    const report = reportFor({
      datasets: [aDataset({ dataset: evil, target: evil })],
      verdict: aVerdict({ gates: [aLimit({ dataset: evil, model: evil })] }),
      warnings: [evil],
      head: { sha: 'f'.repeat(40), branch: evil, dirty: false },
      version: evil,
    });
    await companion(ended(pull, [report]));
    const [{ body } = { body: '' }] = fixture.rig.comments(pull);
    expect(body).toContain('Approved by');
    expect(body).not.toMatch(/^#+ Approved/m);
    expect(body).not.toContain('fffffff');
    expect(fixture.rig.notifications(body).filter(({ kind }) => kind !== 'commit')).toEqual([]);
    const links = [...body.matchAll(/\]\(([^)]*)\)/g)].map(([, url]) => url).filter((url) => !url!.includes('evil'));
    expect(new Set(links).size).toBe(1);
  });
});
