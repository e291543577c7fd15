import type { Estimate } from '../core/tracking/run.ts';
import { readCached, writeCached } from './cached-file.ts';
import { type Observation, observe } from './observe.ts';
import { packRuns, unpackRuns } from './packed-runs.ts';
import { FIRST_REPLICATE, type Group } from './plan.ts';
import {
  contextsOn,
  evaluatedRunOf,
  evidenceSha256,
  type TrainedRun,
  type TrainingContext,
  trainRun,
} from './train-run.ts';

/** What other rules than the gate know of a run, by metric. */
export interface RecordedRun {
  readonly test: Readonly<Record<string, readonly number[]>>;
  readonly metrics: Readonly<Record<string, { readonly test: Estimate; readonly outOfFold: Estimate }>>;
}

/** A replicate, trained and judged. */
export interface Replicate {
  /** SHA-256 of each run's evidence. */
  readonly hashes: readonly string[];
  readonly runs: readonly RecordedRun[];
  readonly observations: readonly Observation[];
}

/** Files that hold the runs and the judgements of an earlier time, or will. */
export interface Cache {
  readonly runs: string;
  readonly judgements: string;
}

/** Every run of a replicate, and what the gate makes of its pairs. */
export async function replicateOf(group: Group, replicate: number, cache: Cache | null): Promise<Replicate> {
  const known = cache && readCached(cache.judgements, (bytes) => JSON.parse(bytes.toString()) as Replicate);
  if (known) return known;
  const contextFor = contextsOn(group, await group.source.sample(group.size, replicate), replicate);
  const contexts: TrainingContext[] = group.runs.map(contextFor);
  let runs = cache && readCached(cache.runs, unpackRuns);
  if (!runs) {
    const trained: TrainedRun[] = [];
    for (const [i, planned] of group.runs.entries()) {
      trained.push(await trainRun(group, contexts[i]!, planned));
    }
    runs = trained;
    if (cache) writeCached(cache.runs, packRuns(trained));
  }
  const evaluatedRuns = runs.map((run, i) => evaluatedRunOf(group, contexts[i]!.rowSet, group.runs[i]!, run));
  const result: Replicate = {
    hashes: runs.map(evidenceSha256),
    runs: runs.map(({ test, metrics }) => ({
      test,
      metrics: Object.fromEntries(
        Object.entries(metrics).map(([id, { test: onTest, outOfFold }]) => [id, { test: onTest, outOfFold }]),
      ),
    })),
    observations: group.pairs.flatMap(({ baseline, candidate }, pair) => {
      const others = group.onMain.filter((run) => run !== baseline && run !== candidate);
      const earlier = others.map((run) => evaluatedRuns[run]!.run);
      return observe(group, pair, evaluatedRuns[baseline]!, evaluatedRuns[candidate]!, earlier);
    }),
  };
  if (cache) writeCached(cache.judgements, Buffer.from(JSON.stringify(result)));
  return result;
}

/** Whether the first run of the first replicate still gives the evidence that is cached; true where none is. */
export async function isCacheFresh(group: Group, { runs }: Pick<Cache, 'runs'>): Promise<boolean> {
  const cached = readCached(runs, unpackRuns);
  if (!cached) return true;
  const sample = await group.source.sample(group.size, FIRST_REPLICATE);
  const context = contextsOn(group, sample, FIRST_REPLICATE)(group.runs[0]!);
  return evidenceSha256(await trainRun(group, context, group.runs[0]!)) === evidenceSha256(cached[0]!);
}
