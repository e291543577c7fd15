import { readGitFacts } from './git-facts.ts';
import { jobsOf, outcomeOf } from './jobs.ts';
import { type Answer, type Call, type Handler, paged, problem } from './rest-handler.ts';
import { deleteRun } from './retention.ts';
import { jobJson, workflowId, workflowRunJson } from './run-answers.ts';
import type { CheckRun, WorkflowRun } from './state.ts';

const READS = { permission: 'actions', access: 'read' } as const;
const WRITES = { permission: 'actions', access: 'write' } as const;
/** The most runs that a search returns, whatever their number. */
const MAX_RUNS = 1000;

/** Workflow runs and their jobs. */
export const actionsApi: Readonly<Record<string, Handler>> = {
  'GET /repos/{owner}/{repo}/actions/runs': { needs: READS, answer: (call) => listRuns(call, runsOf(call)) },
  'POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches': { needs: WRITES, answer: dispatch },
  'GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs': {
    needs: READS,
    answer(call) {
      const { workflow_id: wanted } = call.request.path;
      const all = runsOf(call).filter(({ path }) => {
        const file = path.replace(/@.*$/, '');
        return [String(workflowId(path)), file, file.split('/').at(-1)].includes(wanted!);
      });
      return all.length === 0 ? problem(404, 'Not Found') : listRuns(call, all);
    },
  },
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}': {
    needs: READS,
    answer: (call) => ofRun(call, (run) => ({ status: 200, body: runJson(call, run) })),
  },
  'DELETE /repos/{owner}/{repo}/actions/runs/{run_id}': {
    needs: WRITES,
    answer: (call) =>
      ofRun(call, (run) => {
        if (outcomeOf(call.state, run).status !== 'completed')
          return problem(403, 'Cannot delete a workflow run that is active');
        deleteRun(call.state, run.id);
        return { status: 204 };
      }),
  },
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}': {
    needs: READS,
    answer: (call) =>
      ofRun(call, (run) => {
        const attempt = Number(call.request.path.attempt_number);
        if (attempt < 1 || attempt > run.attempt) return problem(404, 'Not Found');
        return { status: 200, body: runJson(call, run, attempt) };
      }),
  },
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs': {
    needs: READS,
    answer: (call) =>
      ofRun(call, (run) => {
        const isJob = ({ runId, attempt }: CheckRun) => runId === run.id && attempt !== null;
        const all = call.request.query.filter === 'all' ? call.state.checkRuns.filter(isJob) : jobsOf(call.state, run);
        return listJobs(call, run, all);
      }),
  },
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}/jobs': {
    needs: READS,
    answer: (call) =>
      ofRun(call, (run) => listJobs(call, run, jobsOf(call.state, run, Number(call.request.path.attempt_number)))),
  },
};

/** The workflow's file must be on the default branch, and the branch must be there. */
function dispatch({ request, repository, state, token, web }: Call): Answer {
  const {
    ref,
    inputs = {},
    return_run_details: isTold,
  } = request.body as { ref: string; inputs?: Record<string, unknown>; return_run_details?: boolean };
  const { workflow_id: workflow } = request.path;
  const facts = readGitFacts(repository.gitDir);
  if (!facts.object(`${repository.defaultBranch}:.github/workflows/${workflow}`)) return problem(404, 'Not Found');
  if (!facts.resolve(`refs/heads/${ref}`)) return problem(422, `No ref found for: ${ref}`);
  const runId = state.nextId();
  state.dispatches.push({
    repository: repository.fullName,
    workflow: `.github/workflows/${workflow}`,
    ref,
    inputs,
    login: token!.login,
    runId,
  });
  if (!isTold) return { status: 204 };
  const path = `${repository.fullName}/actions/runs/${runId}`;
  const body = { workflow_run_id: runId, run_url: `${web}/api/v3/repos/${path}`, html_url: `${web}/${path}` };
  return { status: 200, body };
}

/** Newest first. */
function runsOf({ state, repository }: Call): WorkflowRun[] {
  return [...state.runs.values()].filter((run) => run.repository === repository).reverse();
}

function ofRun(call: Call, answer: (run: WorkflowRun) => Answer): Answer {
  const run = call.state.runs.get(Number(call.request.path.run_id));
  return run?.repository === call.repository ? answer(run) : problem(404, 'Not Found');
}

function runJson({ state, web, request }: Call, run: WorkflowRun, attempt?: number) {
  const head = readGitFacts(run.headRepository.gitDir).commitIfThere(run.headSha);
  const json = workflowRunJson(state, run, head, web, attempt);
  return request.query.exclude_pull_requests === true ? { ...json, pull_requests: [] } : json;
}

function listRuns(call: Call, all: readonly WorkflowRun[]): Answer {
  const { actor, branch, event, status, created, head_sha: headSha, check_suite_id: suite } = call.request.query;
  const isCreated = created === undefined ? () => true : createdFilter(String(created));
  if (!isCreated) return problem(422, `the rig does not know the date ${created}`);
  const found = all.filter((run) => {
    const outcome = outcomeOf(call.state, run);
    return (
      (actor ?? run.login) === run.login &&
      (branch ?? run.headBranch) === run.headBranch &&
      (event ?? run.event) === run.event &&
      (headSha ?? run.headSha) === run.headSha &&
      (suite ?? run.id) === run.id &&
      (status === undefined || status === outcome.status || status === outcome.conclusion) &&
      isCreated(run.createdAt)
    );
  });
  return paged(found.slice(0, MAX_RUNS), call, (page) => ({
    total_count: found.length,
    workflow_runs: page.map((run) => runJson(call, run)),
  }));
}

/** Dates as GitHub's search has them: `2026-01-31`, `>=…`, `<…`, `…..…`, with or without a time. */
function createdFilter(query: string): ((iso: string) => boolean) | undefined {
  const range = query.split('..');
  if (range.length === 2) {
    const [from, to] = range as [string, string];
    return (iso) => (from === '*' || compare(iso, from) >= 0) && (to === '*' || compare(iso, to) <= 0);
  }
  const [, operator, date = ''] = /^(>=|<=|>|<)?(.+)$/.exec(query) ?? [];
  if (Number.isNaN(Date.parse(date))) return undefined;
  return (iso) => {
    const order = compare(iso, date);
    if (operator === '>=') return order >= 0;
    if (operator === '<=') return order <= 0;
    if (operator === '>') return order > 0;
    return operator === '<' ? order < 0 : order === 0;
  };
}

/** A date without a time is the whole day. */
function compare(iso: string, date: string): number {
  return /^\d{4}-\d\d-\d\d$/.test(date)
    ? Math.sign(Date.parse(iso.slice(0, 10)) - Date.parse(date))
    : Math.sign(Date.parse(iso) - Date.parse(date));
}

function listJobs(call: Call, run: WorkflowRun, all: readonly CheckRun[]): Answer {
  return paged(all, call, (page) => ({
    total_count: all.length,
    jobs: page.map((job) => jobJson(job, run, call.web)),
  }));
}
