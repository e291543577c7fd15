import { readGitFacts } from './git-facts.ts';
import { fullPullRequestJson, pullRequestJson } from './pull-answers.ts';
import { syncPullRequest } from './pull-requests.ts';
import { type Call, type Handler, paged, problem } from './rest-handler.ts';
import type { PullRequest } from './state.ts';

const READS = { permission: 'pull_requests', access: 'read' } as const;

/** Pull requests. */
export const pullsApi: Readonly<Record<string, Handler>> = {
  'GET /repos/{owner}/{repo}/pulls': {
    needs: READS,
    answer(call) {
      const { state = 'open', head, base, sort = 'created', direction = 'desc' } = call.request.query;
      const all = pullsOf(call).filter(
        (pull) =>
          (state === 'all' || state === pull.state) &&
          (base ?? pull.base.ref) === pull.base.ref &&
          (head === undefined || head === `${pull.head.repository?.owner}:${pull.head.ref}`),
      );
      if (sort === 'updated') all.sort((a, b) => Date.parse(a.updatedAt) - Date.parse(b.updatedAt));
      if (direction === 'desc') all.reverse();
      return paged(all, call, (page) => page.map((pull) => pullRequestJson(pull, call.web)));
    },
  },
  'GET /repos/{owner}/{repo}/pulls/{pull_number}': {
    needs: READS,
    answer(call) {
      const pull = pullsOf(call).find(({ number }) => number === Number(call.request.path.pull_number));
      if (!pull) return problem(404, 'Not Found');
      const { fullName, gitDir } = call.repository;
      const comments = call.state.comments.filter((one) => one.repository === fullName && one.number === pull.number);
      return { status: 200, body: fullPullRequestJson(pull, readGitFacts(gitDir), comments.length, call.web) };
    },
  },
  'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls': {
    needs: READS,
    answer(call) {
      const facts = readGitFacts(call.repository.gitDir);
      const sha = facts.resolve(call.request.path.commit_sha!);
      if (!sha) return problem(422, `No commit found for SHA: ${call.request.path.commit_sha}`);
      // Of a commit on the default branch: the pull request that brought it. Of any other: those that contain it.
      const onDefault = facts.isAncestor(sha, call.repository.defaultBranch);
      const all = pullsOf(call).filter((pull) => {
        if (pull.mergedAt !== null && pull.mergeSha === sha) return true;
        if (onDefault && pull.mergedAt === null) return false;
        // GitHub lists none of forks.
        if (pull.head.repository !== call.repository) return false;
        return facts.isAncestor(sha, pull.head.sha) && !facts.isAncestor(sha, pull.base.sha);
      });
      return paged(all, call, (page) => page.map((pull) => pullRequestJson(pull, call.web)));
    },
  },
};

function pullsOf({ state, repository }: Call): PullRequest[] {
  return state.pullRequests
    .filter(({ base }) => base.repository === repository)
    .map((pull) => syncPullRequest(state, pull));
}
