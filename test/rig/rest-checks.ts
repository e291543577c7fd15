import { appOf, checkRunJson, simpleStatusJson, statusJson } from './check-answers.ts';
import { readGitFacts } from './git-facts.ts';
import { repositoryJson } from './rest-answers.ts';
import { type Answer, type Call, type Handler, paged, problem } from './rest-handler.ts';
import type { CheckRun, CommitStatus } from './state.ts';

const LISTED = { permission: 'checks', access: 'read' } as const;
const CHECKS = { permission: 'checks', access: 'write' } as const;
const READS = { permission: 'statuses', access: 'read' } as const;
const WRITES = { permission: 'statuses', access: 'write' } as const;

/** Checks and statuses of commits. */
export const checksApi: Readonly<Record<string, Handler>> = {
  'GET /repos/{owner}/{repo}/commits/{ref}/check-runs': {
    needs: LISTED,
    answer: (call) => ofCommit(call, (sha) => listChecks(call, sha)),
  },
  'POST /repos/{owner}/{repo}/check-runs': { needs: CHECKS, answer: createCheck },
  'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}': { needs: CHECKS, answer: updateCheck },
  'GET /repos/{owner}/{repo}/commits/{ref}/statuses': {
    needs: READS,
    answer: (call) =>
      ofCommit(call, (sha) =>
        paged(statusesOf(call, sha), call, (page) => page.map((one) => statusJson(one, call.web))),
      ),
  },
  'GET /repos/{owner}/{repo}/commits/{ref}/status': {
    needs: READS,
    answer: (call) => ofCommit(call, (sha) => combined(call, sha)),
  },
  'POST /repos/{owner}/{repo}/statuses/{sha}': { needs: WRITES, answer: createStatus },
};

function ofCommit(call: Call, answer: (sha: string) => Answer): Answer {
  const sha = readGitFacts(call.repository.gitDir).resolve(call.request.path.ref!);
  return sha ? answer(sha) : problem(422, `No commit found for SHA: ${call.request.path.ref}`);
}

function listChecks(call: Call, sha: string): Answer {
  const { check_name: name, status, filter = 'latest', app_id: app } = call.request.query;
  const all = call.state.checkRuns.filter((one) => one.repository === call.repository.fullName && one.headSha === sha);
  // One of each name and suite, unless all are asked for.
  const latest = [...new Map(all.map((one) => [`${one.runId} ${one.app?.id} ${one.name}`, one])).values()];
  const found = (filter === 'all' ? all : latest).filter(
    (one) =>
      (name ?? one.name) === one.name &&
      (status ?? one.status) === one.status &&
      (app ?? appOf(one).id) === appOf(one).id,
  );
  return paged(found.reverse(), call, (page) => ({
    total_count: found.length,
    check_runs: page.map((one) => checkRunJson(call.state, one, call.repository, call.web)),
  }));
}

interface CheckBody {
  readonly name: string;
  readonly head_sha: string;
  readonly status?: CheckRun['status'];
  readonly conclusion?: CheckRun['conclusion'];
  readonly external_id?: string;
  readonly output?: { readonly title?: string; readonly summary: string; readonly text?: string };
}

function createCheck({ request, state, repository, token, web }: Call): Answer {
  const body = request.body as CheckBody;
  if (!readGitFacts(repository.gitDir).resolve(body.head_sha))
    return problem(422, `No commit found for SHA: ${body.head_sha}`);
  const check: CheckRun = {
    id: state.nextId(),
    repository: repository.fullName,
    name: body.name,
    headSha: body.head_sha,
    runId: token?.runId ?? null,
    attempt: null,
    app: token?.app ?? null,
    externalId: body.external_id ?? '',
    startedAt: state.now().toISOString(),
    status: 'queued',
    conclusion: null,
    completedAt: null,
    output: { title: null, summary: null, text: null },
  };
  change(check, body, state.now().toISOString());
  state.checkRuns.push(check);
  return { status: 201, body: checkRunJson(state, check, repository, web) };
}

function updateCheck({ request, state, repository, web }: Call): Answer {
  const check = state.checkRuns.find(
    (one) => one.id === Number(request.path.check_run_id) && one.repository === repository.fullName,
  );
  if (!check) return problem(404, 'Not Found');
  change(check, request.body as CheckBody, state.now().toISOString());
  return { status: 200, body: checkRunJson(state, check, repository, web) };
}

function change(
  check: CheckRun,
  { status, conclusion, output, external_id: externalId }: CheckBody,
  now: string,
): void {
  if (externalId !== undefined) check.externalId = externalId;
  if (status) {
    check.status = status;
    if (status !== 'completed') {
      check.conclusion = null;
      check.completedAt = null;
    }
  }
  if (conclusion) {
    check.status = 'completed';
    check.conclusion = conclusion;
    check.completedAt = now;
  }
  if (output) {
    check.output = { title: output.title ?? null, summary: output.summary, text: output.text ?? null };
  }
}

/** Newest first. */
function statusesOf({ state, repository }: Call, sha: string): CommitStatus[] {
  return state.statuses.filter((one) => one.repository === repository.fullName && one.sha === sha).reverse();
}

function combined(call: Call, sha: string): Answer {
  const { repository, web } = call;
  const latest = new Map<string, CommitStatus>();
  for (const one of statusesOf(call, sha)) if (!latest.has(one.context)) latest.set(one.context, one);
  const all = [...latest.values()];
  const has = (...states: readonly CommitStatus['state'][]) => all.some((one) => states.includes(one.state));
  const url = `${web}/api/v3/repos/${repository.fullName}/commits/${sha}`;
  return paged(all, call, (page) => ({
    state: has('error', 'failure') ? 'failure' : all.length === 0 || has('pending') ? 'pending' : 'success',
    sha,
    total_count: all.length,
    statuses: page.map((one) => simpleStatusJson(one, web)),
    repository: repositoryJson(repository, web),
    commit_url: url,
    url: `${url}/status`,
  }));
}

function createStatus({ request, state, repository, token, web }: Call): Answer {
  const sha = readGitFacts(repository.gitDir).resolve(request.path.sha!);
  if (!sha) return problem(422, `No commit found for SHA: ${request.path.sha}`);
  const body = request.body as {
    state: CommitStatus['state'];
    context?: string;
    description?: string | null;
    target_url?: string | null;
  };
  if ((body.description ?? '').length > 140)
    return problem(422, 'Validation Failed: description is too long (maximum is 140 characters)');
  const status: CommitStatus = {
    id: state.nextId(),
    repository: repository.fullName,
    sha,
    context: body.context ?? 'default',
    state: body.state,
    description: body.description ?? null,
    targetUrl: body.target_url ?? null,
    login: token!.login,
    runId: token?.runId ?? null,
    createdAt: state.now().toISOString(),
  };
  state.statuses.push(status);
  return { status: 201, body: statusJson(status, web) };
}
