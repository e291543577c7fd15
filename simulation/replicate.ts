import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { OutOfFold } from '../core/evidence/evidence.ts';
import type { Estimate, Run } from '../core/tracking/run.ts';
import { type Observation, observe } from './observe.ts';
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
  const known = cache && read(cache.judgements, (bytes) => JSON.parse(bytes.toString()) as Replicate);
  if (known) return known;
  const contextFor = contextsOn(group, await group.source.sample(group.size, replicate), replicate);
  const contexts: TrainingContext[] = group.runs.map(contextFor);
  let runs = cache && read(cache.runs, unpack);
  if (!runs) {
    const trained: TrainedRun[] = [];
    for (const [i, planned] of group.runs.entries()) {
      trained.push(await trainRun(group, contexts[i]!, planned));
    }
    runs = trained;
    if (cache) write(cache.runs, pack(trained));
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
  if (cache) write(cache.judgements, Buffer.from(JSON.stringify(result)));
  return result;
}

/** Whether the first run of the first replicate still gives the evidence that is cached; true where none is. */
export async function isCacheFresh(group: Group, { runs }: Pick<Cache, 'runs'>): Promise<boolean> {
  const cached = read(runs, unpack);
  if (!cached) return true;
  const sample = await group.source.sample(group.size, FIRST_REPLICATE);
  const context = contextsOn(group, sample, FIRST_REPLICATE)(group.runs[0]!);
  return evidenceSha256(await trainRun(group, context, group.runs[0]!)) === evidenceSha256(cached[0]!);
}

interface Header {
  readonly metrics: Run['metrics'];
  readonly test: TrainedRun['test'];
  /** Per repeat: how many predictions and decisions follow. */
  readonly lengths: readonly (readonly [number, number])[];
}

function pack(runs: readonly TrainedRun[]): Buffer {
  const headers = runs.map(({ metrics, test, repeats }): Header => {
    return {
      metrics,
      test,
      lengths: repeats.map(({ predictions, decisions }) => [predictions.length, decisions.length]),
    };
  });
  const head = Buffer.from(JSON.stringify(headers));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(head.length);
  const bodies = runs.flatMap(({ repeats }) =>
    repeats.flatMap(({ predictions, decisions }) => [Buffer.from(predictions.buffer), Buffer.from(decisions)]),
  );
  return Buffer.concat([length, head, ...bodies]);
}

function unpack(bytes: Buffer): TrainedRun[] {
  const headers = JSON.parse(bytes.toString('utf8', 4, 4 + bytes.readUInt32LE(0))) as Header[];
  let at = 4 + bytes.readUInt32LE(0);
  const take = (length: number) => {
    at += length;
    return new Uint8Array(bytes.subarray(at - length, at));
  };
  return headers.map(({ metrics, test, lengths }) => ({
    metrics,
    test,
    repeats: lengths.map(([n, decided]): OutOfFold => {
      const predictions = new Uint16Array(take(2 * n).buffer);
      return { predictions, decisions: take(decided) };
    }),
  }));
}

function read<T>(path: string, parse: (bytes: Buffer) => T): T | undefined {
  try {
    return parse(readFileSync(path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function write(path: string, bytes: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.part`, bytes);
  renameSync(`${path}.part`, path);
}
