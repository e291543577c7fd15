import type { State } from './state.ts';

const DAY = 86_400_000;

/**
 * Puts the rig's clock forward. An artifact past its time is `expired` for a day, then gone. A run goes after the days that
 * the repository keeps runs, with its artifacts, checks and statuses; commits keep nothing of it.
 */
export function advance(state: State, days: number): void {
  state.advance(days);
  const now = state.now().getTime();
  for (const artifact of state.artifacts) {
    if (Date.parse(artifact.expiresAt) <= now) artifact.expired = true;
  }
  remove(state.artifacts, ({ expiresAt }) => Date.parse(expiresAt) + DAY <= now);
  const tooOld = (iso: string) => Date.parse(iso) + state.limits.retentionDays * DAY <= now;
  for (const run of [...state.runs.values()]) if (tooOld(run.createdAt)) deleteRun(state, run.id);
  remove(state.checkRuns, ({ runId, startedAt }) => runId === null && tooOld(startedAt));
  remove(state.statuses, ({ createdAt }) => tooOld(createdAt));
}

/** Deletes a run, as whoever may write can, and all that it made. */
export function deleteRun(state: State, id: number): void {
  state.runs.delete(id);
  for (const list of [state.artifacts, state.checkRuns, state.statuses]) {
    remove<{ readonly runId: number | null }>(list, ({ runId }) => runId === id);
  }
}

function remove<T>(list: T[], isGone: (one: T) => boolean): void {
  const kept = list.filter((one) => !isGone(one));
  list.splice(0, list.length, ...kept);
}
