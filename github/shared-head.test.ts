import { describe, expect, it } from 'vitest';
import type { OpenPullRequest } from './change-facts.ts';
import { refuseSharedHead } from './shared-head.ts';

const head = 'a'.repeat(40);
const tracked = ['main', 'develop', 'release/*'];
const pull = (number: number, baseRef: string): OpenPullRequest => ({
  number,
  headRef: 'work',
  baseRef,
  isFork: false,
});

/** Judges #1 into a branch, while these other pull requests are open. */
async function judge(
  into: string,
  open: readonly OpenPullRequest[],
  of: { readonly number?: number | null; readonly tracked?: readonly string[] } = {},
) {
  const { number = 1 } = of;
  let asked = 0;
  await refuseSharedHead(head, { into, number }, of.tracked ?? tracked, {
    openPullRequests: async () => {
      asked += 1;
      return open;
    },
    isProtected: async (branch) => branch === 'release/1',
  });
  return asked;
}

describe('a commit is judged', () => {
  it.each<[string, string, readonly OpenPullRequest[]]>([
    ['when only its own pull request has it', 'main', [pull(1, 'main')]],
    ['when its own went into another branch a moment ago', 'main', [pull(1, 'develop')]],
    ['when another one into the same branch has it', 'main', [pull(1, 'main'), pull(2, 'main')]],
    ['when another one into a branch without rules has it', 'main', [pull(1, 'main'), pull(2, 'gh-pages')]],
    [
      'when another one into an unprotected branch of a pattern has it',
      'main',
      [pull(1, 'main'), pull(2, 'release/2')],
    ],
  ])('%s', async (_title, into, open) => {
    expect(await judge(into, open)).toBe(1);
  });

  it('without a question where no other branch sets rules', async () => {
    expect(await judge('main', [pull(2, 'develop')], { tracked: ['main'] })).toBe(0);
  });
});

describe('a commit is not judged', () => {
  it.each<[string, string, string]>([
    ['into a branch with a name', 'main', 'develop'],
    ['into a protected branch of a pattern', 'main', 'release/1'],
    ['into the default branch', 'develop', 'main'],
  ])('while another pull request brings it %s', async (_title, into, other) => {
    const refused = expect(judge(into, [pull(1, into), pull(2, other)])).rejects;
    await refused.toThrow(
      `pull request #2 brings the same commit into \`${other}\`, and one check cannot judge it for \`${into}\``,
    );
    await refused.toThrow(
      'next: close #2, or push an empty commit to one of the two branches; then run this job again',
    );
  });

  it('for a push, and says how the workflow avoids that', async () => {
    await expect(judge('main', [pull(2, 'develop')], { number: null })).rejects.toThrow(
      'next: let this workflow run on pushes to branches that set rules only, or close #2',
    );
  });
});
