import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { markedSection, writeSection } from '../scripts/generate/marked-section.ts';
import { type Bar, barsOf, figuresOf } from './bars.ts';
import { cacheOfPool } from './cache.ts';
import { canRaiseAnAlarm, cellsOf, pullRequestsOf } from './cells.ts';
import { documentLines } from './document.ts';
import { pilotHard, replayHard, simulateHard } from './hard/simulate-hard.ts';
import { FIRST_REPLICATE, type Group, groups, nameOf } from './plan.ts';
import { workOff } from './pool.ts';
import { pushLines } from './pushes/pushes-document.ts';
import { replayPushes, writeStoredPushes } from './pushes/pushes-stored.ts';
import { simulatePushes } from './pushes/simulate-pushes.ts';
import type { Replicate } from './replicate.ts';
import { differences, groupSha256, isReplayed, readStored, type Stored, verdictsOf, writeStored } from './stored.ts';
import { realTables } from './tables.ts';
import { measureTimes } from './times/measure-times.ts';
import { timesLines } from './times/times-document.ts';
import type { Job } from './worker.ts';

// npm run simulate: trains the pool and the hard tables (or takes them from .cache/simulate), judges their pull requests, and writes the
// figures into docs/decision-quality.md and the hashes into pool.json and hard/pool.json; fails when a promise is not kept.
// --only pool, --only hard, --only pushes, --only times: one of the four. --replay: trains a few replicates anew and demands the stored evidence and verdicts.
// --pilot 20: the hard tables with so many replicates that no figure comes from; prints the figures and writes nothing.

const DOCUMENT = new URL('../docs/decision-quality.md', import.meta.url);

const { values } = parseArgs({
  options: { replay: { type: 'boolean', default: false }, only: { type: 'string' }, pilot: { type: 'string' } },
});
const PARTS = ['pool', 'hard', 'pushes', 'times'];
if (values.only !== undefined && !PARTS.includes(values.only))
  throw new RangeError(`--only is "${values.only}"; allowed: ${PARTS.join(', ')}`);

if (values.pilot === undefined) {
  const parts = [
    ...(isWanted('pool') ? [values.replay ? replay : simulate] : []),
    ...(isWanted('hard') ? [values.replay ? replayedHard : simulatedHard] : []),
    ...(isWanted('pushes') ? [values.replay ? replayedPushes : simulatedPushes] : []),
    ...(isWanted('times') && !values.replay ? [measuredTimes] : []),
  ];
  for (const part of parts) if (!(await part())) process.exitCode = 1;
} else {
  process.stdout.write(`${(await pilotHard(Number(values.pilot), say)).join('\n')}\n`);
}

function isWanted(part: string): boolean {
  return (values.only ?? part) === part;
}

async function replayedPushes(): Promise<boolean> {
  const { found, verdicts } = replayPushes();
  return toldReplay(found, `${verdicts} pull requests that are pushed again`);
}

/** Nothing is promised of them. */
async function simulatedPushes(): Promise<boolean> {
  const cells = simulatePushes(say);
  writeSection(DOCUMENT, 'pushes', markedSection('pushes', pushLines(cells)));
  writeStoredPushes(cells);
  return true;
}

/** Nothing is promised of them, and no two measurements are the same, so that none can be replayed. */
async function measuredTimes(): Promise<boolean> {
  writeSection(DOCUMENT, 'times', markedSection('times', timesLines(await measureTimes(say))));
  return true;
}

async function replayedHard(): Promise<boolean> {
  const { found, verdicts } = await replayHard();
  return toldReplay(found, `${verdicts} verdicts on hard tables`);
}

async function simulatedHard(): Promise<boolean> {
  return toldBars(await simulateHard(say));
}

async function replay(): Promise<boolean> {
  realTables();
  const stored = readStored();
  const jobs = [...groups.keys()]
    .filter((group) => isReplayed(groups[group]!))
    .map((group): Job => ({ task: 'replicate', group, replicate: FIRST_REPLICATE, cache: null }));
  const replicates = await workOff<Replicate>(jobs, () => {});
  const found = jobs.flatMap(({ group }, i) => differences(groups[group]!, stored, replicates[i]!));
  const requests = replicates.reduce((sum, { observations }) => sum + observations.length, 0);
  return toldReplay(found, `${requests} verdicts on ${jobs.length} tables`);
}

async function simulate(): Promise<boolean> {
  realTables();
  const cacheOf = cacheOfPool();
  const probes = [...groups.keys()].map(
    (group): Job => ({ task: 'probe', group, replicate: FIRST_REPLICATE, cache: cacheOf(group, FIRST_REPLICATE) }),
  );
  const fresh = await workOff<boolean>(probes, () => {});
  probes.forEach(({ group, cache }, i) => {
    if (fresh[i]) return;
    say(`${nameOf(groups[group]!)}: its models changed, trained anew`);
    rmSync(dirname(cache!.runs), { recursive: true });
  });
  const jobs = groups.flatMap(({ replicates }, group) =>
    Array.from({ length: replicates }, (_, i): Job => {
      const replicate = FIRST_REPLICATE + i;
      return { task: 'replicate', group, replicate, cache: cacheOf(group, replicate) };
    }),
  );
  const replicates = await workOff<Replicate>(jobs, (done) => {
    if (done % 50 === 0) say(`${done} of ${jobs.length} replicates`);
  });
  const byGroup = groups.map((_, group) => replicates.filter((_each, i) => jobs[i]!.group === group));
  const requests = groups.flatMap((group, i) => pullRequestsOf(group, byGroup[i]!)).filter(canRaiseAnAlarm);
  const figures = cellsOf(requests).map(figuresOf);
  const bars = figures.flatMap(barsOf);
  const lines = documentLines(groups, requests, figures, bars);
  writeSection(DOCUMENT, 'simulated', markedSection('simulated', lines));
  writeStored(storedOf(byGroup));
  return toldBars(bars);
}

function toldReplay(found: readonly string[], what: string): boolean {
  for (const difference of found) process.stdout.write(`${difference}\n`);
  process.stdout.write(`${what} replayed, ${found.length} differences\n`);
  if (found.length > 0) process.stdout.write('if models or the verdict were meant to change, run `npm run simulate`\n');
  return found.length === 0;
}

function toldBars(bars: readonly Bar[]): boolean {
  for (const { text, reached } of bars) process.stdout.write(`${reached ? 'reached' : 'MISSED '}  ${text}\n`);
  const missed = bars.filter(({ reached }) => !reached).length;
  process.stdout.write(`${bars.length - missed} of ${bars.length} bars reached\n`);
  return missed === 0;
}

function storedOf(byGroup: readonly (readonly Replicate[])[]): Stored {
  const named = <Value>(of: (replicates: readonly Replicate[]) => Value, chosen: (group: Group) => boolean) =>
    Object.fromEntries(groups.flatMap((group, i) => (chosen(group) ? [[nameOf(group), of(byGroup[i]!)]] : [])));
  return {
    groups: named(groupSha256, () => true),
    replay: named(([first]) => ({ hashes: first!.hashes, verdicts: verdictsOf(first!) }), isReplayed),
  };
}

function say(message: string): void {
  process.stderr.write(`simulate: ${message}\n`);
}
