import { StoreError } from '../errors/app-error.ts';
import { sha256Hex } from '../random/sha256.ts';
import type { BranchContent } from '../records/record-branch.ts';
import type { Run } from '../tracking/run.ts';
import { decodeEvidence, decodeRowSet, evidencePath, rowSetPath } from './evidence-codec.ts';

const README = `# Evidence

What the newest models of the default branch predicted for rows they had not seen, so that changes can be compared row by row
when the artifact of the workflow run has expired. mlops-action writes this branch; nothing else should. It always has one
commit: each replaces the one before.

- \`evidence/<run>.oof\`: predictions; the run's record on the branch of runs has the SHA-256 of this file.
- \`evidence/<sha256>.rows\`: hashed keys and folds of the rows. No targets, and no rows of data.

Hashes of rows that can be guessed can be found out. To stop keeping this, set \`tracking: { evidence: artifact }\` in
mlops.yml and delete the branch.
`;

/** The branch of evidence that belongs to a branch of runs. */
export function evidenceBranchOf(runsBranch: string): string {
  return `${runsBranch}-evidence`;
}

/**
 * What the branch of evidence keeps: the newest run of each dataset and model, and the runs of pinned commits (the
 * champion), as far as their files are there and are what the run's record says. Undefined when it has exactly that.
 *
 * @param files what the branch has and what is new, path to bytes.
 * @param options.kept paths that the branch has.
 * @param options.runs those that may be believed, in any order.
 */
export function planEvidence(
  files: ReadonlyMap<string, Uint8Array>,
  options: {
    readonly kept: ReadonlySet<string>;
    readonly runs: readonly Run[];
    readonly pinned: ReadonlySet<string>;
  },
): BranchContent | undefined {
  const { kept, runs, pinned } = options;
  const provable = runs.flatMap((run) => {
    const predictions = filesOf(run, files);
    return predictions ? [{ run, predictions }] : [];
  });
  const newest = new Map<string, Run>();
  for (const { run } of provable) {
    const key = JSON.stringify([run.project ?? null, run.dataset, run.model]);
    const other = newest.get(key);
    if (!other || Date.parse(run.createdAt) > Date.parse(other.createdAt)) newest.set(key, run);
  }
  const wanted = new Set(newest.values());
  const content = new Map<string, Uint8Array>();
  for (const { run, predictions } of provable) {
    if (!wanted.has(run) && !(run.git.sha !== null && pinned.has(run.git.sha))) continue;
    for (const path of predictions) content.set(path, files.get(path)!);
  }
  if (content.size === 0 || (content.size === kept.size && [...content.keys()].every((path) => kept.has(path)))) {
    return undefined;
  }
  const sorted = [...content].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    files: new Map([['README.md', new TextEncoder().encode(README)], ...sorted]),
    message: 'Keep the evidence of the newest runs\n',
  };
}

/** The published evidence of a run as it was recorded, and its rows; undefined where they are not there or are other bytes. */
function filesOf(run: Run, files: ReadonlyMap<string, Uint8Array>): readonly string[] | undefined {
  const path = evidencePath(run.id);
  const bytes = files.get(path);
  if (!bytes || !isRecorded(run, bytes)) return undefined;
  try {
    const rowPath = rowSetPath(decodeEvidence(bytes, path).rowSet);
    const rows = files.get(rowPath);
    return rows && rowSetPath(decodeRowSet(rows, rowPath).id) === rowPath ? [path, rowPath] : undefined;
  } catch (error) {
    if (error instanceof StoreError) return undefined;
    throw error;
  }
}

/** Whether a file of published evidence is the one that the run's record tells of. */
export function isRecorded(run: Run, bytes: Uint8Array): boolean {
  return run.evidenceSha256 !== undefined && sha256Hex(bytes) === run.evidenceSha256;
}
