import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openFolderStores } from '../../core/io/folder/folder-stores.ts';
import { createGitRecordFiles } from '../../core/io/git/git-record-files.ts';
import { createRandom } from '../../core/random/random.ts';
import { createRunStore, type RunListing, type RunStore } from '../../core/tracking/run-store.ts';
import { startRig } from '../../test/rig/rig.ts';

// Stores lose and duplicate nothing when 64 processes write at once, and stay readable whenever a writer is killed.

const WRITERS = 64;
const KILLED = 30;
/** Lengths that each file of a cache is cut to. */
const CUTS = 6;

const home = mkdtempSync(join(tmpdir(), 'stores-'));
const writer = fileURLToPath(new URL('write-runs.ts', import.meta.url));
const random = createRandom(Number(process.env.SEED ?? 1), 'stores');
const rig = await startRig();
try {
  await manyWriters('folder', newFolder());
  const bare = newRemote();
  await manyWriters('git', bare, bare);
  const repository = rig.createRepository({ owner: 'ada', name: 'stores' });
  const token = rig.createToken(repository, { contents: 'write' });
  const url = `${rig.origin.replace('//', `//x-access-token:${token}@`)}/${repository.fullName}.git`;
  await manyWriters('git', url, repository.gitDir);
  await killedWriters('folder');
  await killedWriters('git');
  await cutCaches();
} finally {
  await rig.close();
  rmSync(home, { recursive: true, force: true });
}

type Kind = 'folder' | 'git';

/**
 * All start at once; each run that a writer was told is kept is there, once, and nothing else.
 *
 * @param gitDir where what was pushed to `place` can be looked at.
 */
async function manyWriters(kind: Kind, place: string, gitDir?: string): Promise<void> {
  const how = place.startsWith('http') ? `${kind} over HTTP` : kind;
  const writers = Array.from({ length: WRITERS }, (_, i) => start(kind, place, newFolder(), `writer ${i}`, 1));
  await Promise.all(writers.map(({ isReady }) => isReady));
  const begun = performance.now();
  for (const { child } of writers) child.stdin!.end('go\n');
  const codes = await Promise.all(writers.map(({ ended }) => ended));
  if (codes.some((code) => code !== 0)) throw new Error(`${how}: a writer of ${WRITERS} failed`);
  const kept = writers.flatMap(({ ids }) => ids());
  const listing = await open(kind, place).list();
  expectRuns(`${how}: ${WRITERS} writers`, listing, kept, kept);
  if (gitDir !== undefined) expectSound(gitDir, WRITERS);
  report(`${how}: ${WRITERS} processes wrote at once, nothing is lost or twice`, begun);
}

/** One after the other in the same places, each killed at some moment: what was kept stays, and the next one can write. */
async function killedWriters(kind: Kind): Promise<void> {
  const place = kind === 'git' ? newRemote() : newFolder();
  const workDir = newFolder();
  const begun = performance.now();
  const kept: string[] = [];
  let midway = 0;
  for (let i = 0; i < KILLED; i++) {
    const { child, isReady, ended, ids } = start(kind, place, workDir, `killed ${i}`, 1000);
    await isReady;
    child.stdin!.end('go\n');
    await sleep(random.uniform() * (kind === 'git' ? 600 : 40));
    // With the git processes that it started: a push of theirs must not come after the count.
    process.kill(-child.pid!, 'SIGKILL');
    await ended;
    kept.push(...ids());
    const listing = await open(kind, place, workDir).list();
    const before = new Set(kept);
    midway += listing.runs.filter(({ id }) => !before.has(id)).length;
    // What a writer did not live to tell of may be there, whole.
    expectRuns(`${kind}: killed writer ${i}`, listing, kept);
    kept.push(...listing.runs.map(({ id }) => id).filter((id) => !before.has(id)));
    if (kind === 'folder') await expectEvidence(place, kept);
  }
  if (kind === 'git') expectSound(place, kept.length);
  report(
    `${kind}: ${KILLED} writers were killed, ${kept.length} runs are whole, ${midway} of them kept as the writer died`,
    begun,
  );
}

/** Every file of a cache cut at many bytes: the listing is the same. */
async function cutCaches(): Promise<void> {
  const place = newRemote();
  const begun = performance.now();
  const writers = [start('git', place, newFolder(), 'cut', 3)];
  writers[0]!.child.stdin!.end('go\n');
  await writers[0]!.ended;
  const cache = newFolder();
  const whole = await open('git', place, cache).list();
  expectRuns('a cache', whole, writers[0]!.ids(), writers[0]!.ids());
  let cuts = 0;
  for (const path of filesOf(cache)) {
    const { length } = readFileSync(join(cache, path));
    for (const cut of new Set(Array.from({ length: CUTS }, (_, i) => Math.floor((i * length) / CUTS)))) {
      const copy = newFolder();
      cpSync(cache, copy, { recursive: true });
      chmodSync(join(copy, path), 0o644);
      truncateSync(join(copy, path), cut);
      const listing = await open('git', place, copy).list();
      expectRuns(`${path} cut at byte ${cut}`, listing, writers[0]!.ids(), writers[0]!.ids());
      rmSync(copy, { recursive: true });
      cuts++;
    }
  }
  report(`git: a cache cut in ${cuts} ways gives the same runs`, begun);
}

interface Writer {
  readonly child: ChildProcess;
  readonly isReady: Promise<void>;
  readonly ended: Promise<number | null>;
  /** What it was told is kept. */
  ids(): string[];
}

function start(kind: Kind, place: string, workDir: string, name: string, count: number): Writer {
  const child = spawn(process.execPath, [writer, kind, place, workDir, name, `${count}`], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  });
  child.stdin.on('error', () => {});
  let said = '';
  const isReady = new Promise<void>((ready) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk;
      if (said.startsWith('ready\n')) ready();
    });
  });
  const ended = new Promise<number | null>((done) => child.on('close', done));
  return { child, isReady, ended, ids: () => said.split('\n').slice(1, -1) };
}

function open(kind: Kind, place: string, workDir = newFolder()): RunStore {
  if (kind === 'folder') return openFolderStores(place).runs;
  return createRunStore(createGitRecordFiles({ remote: place, branch: 'runs', workDir }));
}

function newFolder(): string {
  return mkdtempSync(join(home, 'folder-'));
}

function newRemote(): string {
  const place = newFolder();
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', place]);
  return place;
}

/** All of `kept` are there, none twice, no file is unreadable; with `all`, nothing else is there. */
function expectRuns(
  what: string,
  { runs, skipped }: RunListing,
  kept: readonly string[],
  all?: readonly string[],
): void {
  const found = runs.map(({ id }) => id);
  const there = new Set(found);
  const lost = kept.filter((id) => !there.has(id));
  if (lost.length > 0) throw new Error(`${what}: lost ${lost.join(', ')}`);
  if (there.size !== found.length) throw new Error(`${what}: a run is there twice`);
  if (skipped.length > 0) throw new Error(`${what}: cannot read ${JSON.stringify(skipped)}`);
  if (all && found.length !== all.length) throw new Error(`${what}: ${found.length} runs instead of ${all.length}`);
}

async function expectEvidence(place: string, runs: readonly string[]): Promise<void> {
  const store = openFolderStores(place).evidence;
  for (const run of runs) if (!(await store.get(run))) throw new Error(`${run} has no evidence`);
}

/** Git finds nothing wrong, and there is one commit for each run, in one line. */
function expectSound(remote: string, runs: number): void {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: remote, encoding: 'utf8', stdio: 'pipe' }).trim();
  git('fsck', '--strict', '--no-dangling');
  const commits = git('rev-list', '--first-parent', '--count', 'runs');
  if (commits !== `${runs}`) throw new Error(`${commits} commits for ${runs} runs`);
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && existsSync(join(entry.parentPath, entry.name)))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

function report(what: string, begun: number): void {
  process.stdout.write(`${what} (${((performance.now() - begun) / 1000).toFixed(1)} s)\n`);
}
