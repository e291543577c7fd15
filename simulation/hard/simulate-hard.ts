import { markedSection, writeSection } from '../../scripts/generate/marked-section.ts';
import type { Bar } from '../bars.ts';
import { cacheOfHard } from '../cache.ts';
import { workOff } from '../pool.ts';
import type { HardJob } from '../worker.ts';
import { hardBarsOf, hardCellsOf } from './hard-bars.ts';
import type { JudgedChunk, TrainedChunk } from './hard-chunk.ts';
import { hardLines } from './hard-document.ts';
import { CHUNK, FIRST_HARD_REPLICATE, hardGroups } from './hard-plan.ts';
import { type Calibration, calibrationOf } from './hard-replicate.ts';
import { differences, readStoredHard, storedHardOf, writeStoredHard } from './hard-stored.ts';

const DOCUMENT = new URL('../../docs/decision-quality.md', import.meta.url);

type Say = (message: string) => void;

/** Trains and judges all hard groups, and writes what is committed of them. */
export async function simulateHard(say: Say): Promise<readonly Bar[]> {
  const { bars, lines, stored } = await hardFigures({ first: FIRST_HARD_REPLICATE, most: null }, say);
  writeSection(DOCUMENT, 'hard', markedSection('hard', lines));
  writeStoredHard(stored);
  return bars;
}

/** The same on a few of the replicates that are for trying things out; nothing is written. */
export async function pilotHard(replicates: number, say: Say): Promise<readonly string[]> {
  const { lines, seconds } = await hardFigures({ first: 0, most: replicates }, say);
  return [...lines, '', `${seconds.toFixed(0)} seconds`];
}

/** What differs from what is stored, one replicate of each group trained and judged anew. */
export async function replayHard(): Promise<{ readonly found: readonly string[]; readonly verdicts: number }> {
  const stored = readStoredHard();
  const jobs = hardGroups.flatMap(({ name }, group): HardJob[] => {
    const known = stored.replay[name];
    const chunk = { from: FIRST_HARD_REPLICATE, count: 1, cache: null };
    return known ? [{ task: 'hard-judge', group, calibration: known.calibration, chunk }] : [];
  });
  const judged = await workOff<JudgedChunk>(jobs, () => {});
  const unknown = hardGroups.filter(({ name }) => !stored.replay[name]);
  return {
    found: [
      ...unknown.map(({ name }) => `${name}: nothing is stored of it`),
      ...judged.flatMap((chunk, i) => differences(hardGroups[jobs[i]!.group]!, stored, chunk)),
    ],
    verdicts: judged.reduce((sum, { observations }) => sum + observations.length, 0),
  };
}

async function hardFigures({ first, most }: { readonly first: number; readonly most: number | null }, say: Say) {
  const started = performance.now();
  const probes = await workOff<string>(
    hardGroups.map(
      (_, group): HardJob => ({ task: 'hard-probe', group, chunk: { from: first, count: 1, cache: null } }),
    ),
    () => {},
  );
  const caches = hardGroups.map((group, i) => cacheOfHard(group, probes[i]!));
  const chunksOf = (group: number) => {
    const replicates = most ?? hardGroups[group]!.replicates;
    return Array.from({ length: Math.ceil(replicates / CHUNK) }, (_, i) => ({
      from: first + i * CHUNK,
      count: Math.min(CHUNK, replicates - i * CHUNK),
    }));
  };
  const jobsOf = (more: (group: number) => { task: 'hard-train' } | { task: 'hard-judge'; calibration: Calibration }) =>
    hardGroups.flatMap((_, group) =>
      chunksOf(group).map(({ from, count }): HardJob => {
        const task = more(group);
        const cache = most === null ? caches[group]!(from, 'calibration' in task ? task.calibration : null) : null;
        return { ...task, group, chunk: { from, count, cache } };
      }),
    );
  const toTrain = jobsOf(() => ({ task: 'hard-train' }));
  const trained = await workOff<TrainedChunk>(toTrain, (done) => tell(say, done, toTrain.length, 'trained'));
  const byGroup = <Chunk>(jobs: readonly HardJob[], chunks: readonly Chunk[]) =>
    hardGroups.map((_, group) => chunks.filter((_each, i) => jobs[i]!.group === group));
  const trainedOf = byGroup(toTrain, trained);
  const calibrations = trainedOf.map((chunks) => calibrationOf(chunks.flatMap(({ lessons }) => lessons)));
  const toJudge = jobsOf((group) => ({ task: 'hard-judge', calibration: calibrations[group]! }));
  const judged = await workOff<JudgedChunk>(toJudge, (done) => tell(say, done, toJudge.length, 'judged'));
  const judgedOf = byGroup(toJudge, judged);
  const cells = hardGroups.flatMap((group, i) =>
    hardCellsOf(
      group,
      judgedOf[i]!.flatMap((each) => each.observations),
    ),
  );
  const bars = cells.flatMap(hardBarsOf);
  const stored = storedHardOf((group) => ({
    hashes: trainedOf[group]!.flatMap(({ hashes }) => hashes),
    observations: judgedOf[group]![0]!.observations,
    calibration: calibrations[group]!,
  }));
  return { bars, lines: hardLines(hardGroups, cells, bars), stored, seconds: (performance.now() - started) / 1000 };
}

function tell(say: Say, done: number, all: number, what: string): void {
  if (done % 50 === 0 || done === all) say(`hard tables: ${done} of ${all} chunks ${what}`);
}
