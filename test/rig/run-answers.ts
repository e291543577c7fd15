import type { Commit } from './git-facts.ts';
import { jobsOf, outcomeOf } from './jobs.ts';
import { minimalPullRequestJson } from './pull-answers.ts';
import { node, repositoryJson, userOf } from './rest-answers.ts';
import type { Artifact, CheckRun, State, WorkflowRun } from './state.ts';

/** A workflow's number: the same for all runs of a file. */
export function workflowId(path: string): number {
  let id = 7;
  for (const char of path.replace(/@.*$/, '')) id = (id * 31 + char.charCodeAt(0)) % 1_000_003;
  return id;
}

export function workflowRunJson(
  state: State,
  run: WorkflowRun,
  head: Commit | undefined,
  web: string,
  attempt = run.attempt,
) {
  const repository = `${web}/api/v3/repos/${run.repository.fullName}`;
  const url = `${repository}/actions/runs/${run.id}`;
  const links = ['jobs', 'logs', 'cancel', 'rerun', 'artifacts'];
  const jobs = jobsOf(state, run, attempt);
  const started = jobs[0]?.startedAt ?? run.createdAt;
  // Only open ones, none of forks, and not necessarily the one that started the run.
  const pulls = state.pullRequests.filter(
    ({ state: is, base, head: of }) =>
      is === 'open' &&
      run.headRepository === run.repository &&
      base.repository === run.repository &&
      of.repository === run.repository &&
      of.ref === run.headBranch &&
      of.sha === run.headSha,
  );
  return {
    id: run.id,
    node_id: node('WorkflowRun', run.id),
    name: run.name,
    check_suite_id: run.id,
    head_branch: run.headBranch,
    head_sha: run.headSha,
    path: run.path,
    run_number: run.number,
    run_attempt: attempt,
    event: run.event,
    ...outcomeOf(state, run, attempt),
    workflow_id: workflowId(run.path),
    url,
    html_url: `${web}/${run.repository.fullName}/actions/runs/${run.id}`,
    pull_requests: pulls.map((pull) => minimalPullRequestJson(pull, web)),
    created_at: run.createdAt,
    updated_at: [started, ...jobs.flatMap(({ completedAt }) => completedAt ?? [])].sort().at(-1)!,
    actor: userOf(run.login, web),
    run_started_at: started,
    triggering_actor: userOf(run.login, web),
    ...Object.fromEntries(links.map((name) => [`${name}_url`, `${url}/${name}`])),
    check_suite_url: `${repository}/check-suites/${run.id}`,
    workflow_url: `${repository}/actions/workflows/${workflowId(run.path)}`,
    display_title: head?.message.split('\n')[0] || 'A run',
    head_commit: head
      ? {
          id: head.sha,
          tree_id: head.tree,
          message: head.message,
          timestamp: head.committer.date,
          author: { name: head.author.name, email: head.author.email },
          committer: { name: head.committer.name, email: head.committer.email },
        }
      : null,
    repository: repositoryJson(run.repository, web),
    head_repository: repositoryJson(run.headRepository, web),
  };
}

export function jobJson(job: CheckRun, run: WorkflowRun, web: string) {
  const api = `${web}/api/v3/repos/${run.repository.fullName}`;
  return {
    id: job.id,
    run_id: run.id,
    run_url: `${api}/actions/runs/${run.id}`,
    run_attempt: job.attempt!,
    node_id: node('CheckRun', job.id),
    head_sha: run.headSha,
    head_branch: run.headBranch,
    workflow_name: run.name,
    name: job.name,
    url: `${api}/actions/jobs/${job.id}`,
    html_url: `${web}/${run.repository.fullName}/actions/runs/${run.id}/job/${job.id}`,
    status: job.status,
    conclusion: job.conclusion,
    created_at: job.startedAt,
    started_at: job.startedAt,
    completed_at: job.completedAt,
    steps: [],
    check_run_url: `${api}/check-runs/${job.id}`,
    labels: ['ubuntu-latest'],
    runner_id: 1,
    runner_name: 'GitHub Actions 1',
    runner_group_id: 0,
    runner_group_name: 'GitHub Actions',
  };
}

export function artifactJson(artifact: Artifact, run: WorkflowRun, web: string) {
  const url = `${web}/api/v3/repos/${run.repository.fullName}/actions/artifacts/${artifact.id}`;
  return {
    id: artifact.id,
    node_id: node('Artifact', artifact.id),
    name: artifact.name,
    size_in_bytes: artifact.bytes.length,
    url,
    archive_download_url: `${url}/zip`,
    expired: artifact.expired,
    digest: artifact.digest,
    created_at: artifact.createdAt,
    updated_at: artifact.createdAt,
    expires_at: artifact.expiresAt,
    workflow_run: {
      id: run.id,
      repository_id: run.repository.id,
      head_repository_id: run.headRepository.id,
      ...(run.headBranch === null ? {} : { head_branch: run.headBranch }),
      head_sha: run.headSha,
    },
  };
}
