import { describe, expect, it } from 'vitest';
import { aRun } from '../core/tracking/run.fixture.ts';
import { useRig } from '../test/rig/rig.fixture.ts';
import { createGithubHistory } from './github-history.ts';
import { mergedPulls } from './merged-pulls.ts';

const world = useRig();

describe('mergedPulls', () => {
  it('are those of the commits back to the last one that was recorded, of this branch', async () => {
    const { rig } = world;
    const { repository, names, push, client } = world.aProject();
    const open = (headRef: string, file: string) => {
      push(headRef, { [file]: '1' });
      return rig.openPullRequest({ repository, headRef });
    };
    const [first, second] = [open('first', 'b'), open('second', 'c')];
    open('unmerged', 'd');
    const octokit = client({ contents: 'read', pull_requests: 'read' });
    const history = createGithubHistory(octokit, names);
    const asked = (sha: string, recorded: string[] = [], branch = 'main') =>
      mergedPulls(octokit, names, {
        ...{ sha, branch, history },
        recorded: recorded.map((of) => aRun({ git: { ...aRun().git, sha: of } })),
      });
    const before = rig.mergePullRequest(first);
    const sha = rig.mergePullRequest(second, 'squash');
    const [one, two] = [first, second].map(({ number, head }) => ({ number, headSha: head.sha }));
    expect(await asked(sha)).toEqual([two, one]);
    expect(await asked(sha, [before])).toEqual([two]);
    // A run that is repeated is recorded itself.
    expect(await asked(sha, [sha, before])).toEqual([two]);
    expect(await asked(before)).toEqual([one]);
    expect(await asked(sha, [], 'other')).toEqual([]);
    expect(await asked(second.head.sha)).toEqual([]);
  });
});
