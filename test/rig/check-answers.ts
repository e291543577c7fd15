import { minimalPullRequestJson } from './pull-answers.ts';
import { node, userOf } from './rest-answers.ts';
import type { AppName, CheckRun, CommitStatus, Repository, State } from './state.ts';

export function checkRunJson(state: State, check: CheckRun, repository: Repository, web: string) {
  const api = `${web}/api/v3/repos/${repository.fullName}`;
  const html = `${web}/${repository.fullName}/runs/${check.id}`;
  const pulls = state.pullRequests.filter(
    (pull) =>
      pull.state === 'open' &&
      pull.base.repository === repository &&
      pull.head.repository === repository &&
      pull.head.sha === check.headSha,
  );
  return {
    id: check.id,
    node_id: node('CheckRun', check.id),
    head_sha: check.headSha,
    name: check.name,
    external_id: check.externalId,
    url: `${api}/check-runs/${check.id}`,
    html_url: html,
    details_url: html,
    status: check.status,
    conclusion: check.conclusion,
    started_at: check.startedAt,
    completed_at: check.completedAt,
    check_suite: { id: check.runId ?? check.id },
    app: appJson(appOf(check), web),
    pull_requests: pulls.map((pull) => minimalPullRequestJson(pull, web)),
    output: { ...check.output, annotations_count: 0, annotations_url: `${api}/check-runs/${check.id}/annotations` },
  };
}

/** Checks of jobs, and of their tokens, are GitHub's own App's. */
export function appOf({ app }: Pick<CheckRun, 'app'>): AppName {
  return app ?? { id: 15368, slug: 'github-actions' };
}

function appJson({ id, slug }: AppName, web: string) {
  return {
    id,
    node_id: node('App', id),
    slug,
    name: slug,
    owner: userOf('github', web),
    description: 'Automate your workflow from idea to production',
    external_url: 'https://help.github.com/en/actions',
    html_url: `${web}/apps/${slug}`,
    created_at: '2018-07-30T09:30:17Z',
    updated_at: '2019-12-10T19:04:12Z',
    permissions: {},
    events: [],
  };
}

export function statusJson(status: CommitStatus, web: string) {
  return { ...simpleStatusJson(status, web), creator: userOf(status.login, web) };
}

export function simpleStatusJson(status: CommitStatus, web: string) {
  return {
    id: status.id,
    node_id: node('StatusContext', status.id),
    url: `${web}/api/v3/repos/${status.repository}/statuses/${status.sha}`,
    avatar_url: `${web}/avatars/${encodeURIComponent(status.login)}`,
    state: status.state,
    context: status.context,
    description: status.description,
    target_url: status.targetUrl,
    created_at: status.createdAt,
    updated_at: status.createdAt,
  };
}
