import { readCached, writeCached } from '../cached-file.ts';
import { packRuns, unpackRuns } from '../packed-runs.ts';
import type { Cache } from '../replicate.ts';
import { evidenceSha256, type TrainedRun } from '../train-run.ts';
import { type HardGroup, TAUGHT_BY } from './hard-plan.ts';
import {
  type Calibration,
  evaluatedOf,
  type HardObservation,
  type Lesson,
  lessonOf,
  observeHard,
  trainedRuns,
} from './hard-replicate.ts';

/** Replicates of a group that follow each other, as one piece of work. */
export interface HardChunk {
  readonly from: number;
  readonly count: number;
  readonly cache: Cache | null;
}

export interface TrainedChunk {
  /** SHA-256 of each run's evidence, replicate by replicate. */
  readonly hashes: readonly string[];
  readonly lessons: readonly Lesson[];
}

export interface JudgedChunk {
  readonly hashes: readonly string[];
  readonly observations: readonly HardObservation[];
}

export async function trainChunk(group: HardGroup, chunk: HardChunk): Promise<TrainedChunk> {
  const replicates = await replicatesOf(group, chunk);
  return {
    hashes: replicates.flatMap(({ runs }) => runs.map(evidenceSha256)),
    lessons: replicates
      .filter(({ replicate }) => replicate % TAUGHT_BY === 0)
      .map(({ replicate, runs }) => lessonOf(group, evaluatedOf(group, replicate, runs))),
  };
}

export async function judgeChunk(group: HardGroup, chunk: HardChunk, calibration: Calibration): Promise<JudgedChunk> {
  const { cache } = chunk;
  const known = cache && readCached(cache.judgements, (bytes) => JSON.parse(bytes.toString()) as JudgedChunk);
  if (known) return known;
  const replicates = await replicatesOf(group, chunk);
  const judgedChunk = {
    hashes: replicates.flatMap(({ runs }) => runs.map(evidenceSha256)),
    observations: replicates.flatMap(({ replicate, runs }) =>
      observeHard(group, evaluatedOf(group, replicate, runs), calibration),
    ),
  };
  if (cache) writeCached(cache.judgements, Buffer.from(JSON.stringify(judgedChunk)));
  return judgedChunk;
}

/** Evidence of a group's first run, as it is trained today. */
export async function probeOf(group: HardGroup, replicate: number): Promise<string> {
  const [first] = await trainedRuns({ ...group, runs: group.runs.slice(0, 1) }, replicate);
  return evidenceSha256(first!);
}

async function replicatesOf(group: HardGroup, { from, count, cache }: HardChunk) {
  const known = cache && readCached(cache.runs, unpackRuns);
  const runs: TrainedRun[] = known ?? [];
  const each = group.runs.length;
  if (!known) {
    for (let i = 0; i < count; i++) runs.push(...(await trainedRuns(group, from + i)));
    if (cache) writeCached(cache.runs, packRuns(runs));
  }
  return Array.from({ length: count }, (_, i) => ({
    replicate: from + i,
    runs: runs.slice(i * each, (i + 1) * each),
  }));
}
