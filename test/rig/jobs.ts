import type { CheckRun, Conclusion, State, WorkflowRun } from './state.ts';

/** The jobs of workflow runs. Each is a check of the run's head commit. */

export function startJob(state: State, run: WorkflowRun, name: string): CheckRun {
  const job: CheckRun = {
    id: state.nextId(),
    repository: run.repository.fullName,
    name,
    headSha: run.headSha,
    runId: run.id,
    attempt: run.attempt,
    app: null,
    externalId: '',
    startedAt: state.now().toISOString(),
    status: 'in_progress',
    conclusion: null,
    completedAt: null,
    output: { title: null, summary: null, text: null },
  };
  state.checkRuns.push(job);
  return job;
}

export function finishJob(state: State, job: CheckRun, conclusion: Conclusion): void {
  job.status = 'completed';
  job.conclusion = conclusion;
  job.completedAt = state.now().toISOString();
}

/** The jobs of one attempt, by default of the latest. A job that did not run again is in its earlier attempt only. */
export function jobsOf(state: State, run: WorkflowRun, attempt = run.attempt): CheckRun[] {
  return state.checkRuns.filter((one) => one.runId === run.id && one.attempt === attempt);
}

/** What a run has come to: worse than any of its jobs it cannot be, and a skipped job does it no harm. */
export function outcomeOf(
  state: State,
  run: WorkflowRun,
  attempt = run.attempt,
): { readonly status: 'in_progress' | 'completed'; readonly conclusion: Conclusion | null } {
  const jobs = jobsOf(state, run, attempt);
  if (jobs.length === 0 || jobs.some(({ status }) => status !== 'completed')) {
    return { status: 'in_progress', conclusion: null };
  }
  const has = (conclusion: Conclusion) => jobs.some((one) => one.conclusion === conclusion);
  const bad = (['failure', 'timed_out', 'cancelled', 'action_required'] as const).find(has);
  const skipped = jobs.every((one) => one.conclusion === 'skipped');
  return { status: 'completed', conclusion: bad ?? (skipped ? 'skipped' : 'success') };
}
