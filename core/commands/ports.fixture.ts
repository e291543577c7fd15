import { matchesGlob } from 'node:path';
import { localBaselines } from '../comparison/baseline-source.ts';
import { evaluatedRunIn } from '../comparison/evaluated-run.ts';
import { createEvidenceStore } from '../evidence/evidence-store.ts';
import { inlineWorkers } from '../models/inline-workers.ts';
import type { ProcessRunner } from '../ports/process-runner.ts';
import { createMemoryRecordFiles } from '../records/memory-record-files.ts';
import type { Run } from '../tracking/run.ts';
import { createRunStore } from '../tracking/run-store.ts';
import type { Ports } from './ports.ts';

const noProcesses: ProcessRunner = {
  withFolder: () => {
    throw new Error('no command was to be run');
  },
};

/** A world in memory at a commit: its files, and what was recorded at the commits before. */
export async function someWorld(options: {
  readonly files: Record<string, string>;
  readonly sha: string;
  readonly earlier?: readonly Ports[];
  readonly processes?: ProcessRunner;
}): Promise<Ports> {
  const { files, sha, earlier = [] } = options;
  const stored = new Map<string, Uint8Array>(
    Object.entries(files).map(([path, text]) => [path, new TextEncoder().encode(text)]),
  );
  const runs: Run[] = [];
  for (const ports of earlier) runs.push(...(await ports.runs.list()).runs);
  const records = createMemoryRecordFiles();
  let calls = 0;
  return {
    files: {
      read: async (path) => stored.get(path)!,
      readTable: async (path) => stored.get(path)!,
      exists: async (path) => stored.has(path),
      list: async (pattern) => [...stored.keys()].filter((path) => matchesGlob(path, pattern)).sort(),
      write: async (path, bytes) =>
        void stored.set(path, typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes),
      append: async (path, text) => {
        const before = new TextDecoder().decode(stored.get(path));
        stored.set(path, new TextEncoder().encode(before + text));
      },
    },
    runs: createRunStore(records),
    evidence: createEvidenceStore(records),
    acceptances: async () => ({ accepted: [], shas: [], notes: [] }),
    failedPushes: async () => [],
    baselines: localBaselines(runs, async (run) => {
      for (const ports of earlier) {
        const found = await evaluatedRunIn(ports.evidence, run);
        if (found.predictions || found.rows) return found;
      }
      return { run, predictions: null };
    }),
    search: {
      kind: 'base',
      commits: earlier.map(({ git }) => git.sha!),
      end: 'complete',
      champion: null,
      defaultBranch: null,
    },
    twins: null,
    base: null,
    workers: inlineWorkers,
    processes: options.processes ?? noProcesses,
    log: { info: () => {}, warn: () => {}, debug: () => {}, progress: () => {} },
    now: () => new Date('2026-11-24T12:00:00Z'),
    seconds: () => calls++,
    cpuSeconds: () => calls++,
    nonce: () => `${sha}${calls++}`,
    interruption: () => ({ aborted: false }),
    git: { sha: sha.repeat(40), branch: 'work', base: null, dirty: false },
    workflow: null,
    environment: { node: 'v24', os: 'linux', cpu: 'one' },
    reuseRuns: false,
  };
}
