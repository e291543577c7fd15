import type { BaselineSource, CommitRuns } from '../core/comparison/baseline-source.ts';
import type { EvaluatedRun } from '../core/comparison/compare-models.ts';
import { evaluatedRunIn } from '../core/comparison/evaluated-run.ts';
import type { RunPredictions } from '../core/comparison/paired-difference.ts';
import { isRecorded } from '../core/evidence/evidence-branch.ts';
import { evidenceCodec, evidencePath } from '../core/evidence/evidence-codec.ts';
import { readEvidence, readRows } from '../core/evidence/evidence-store.ts';
import { skippingEvidenceStore } from '../core/evidence/skipping-evidence-store.ts';
import type { RecordFiles } from '../core/ports/record-files.ts';
import { createMemoryRecordFiles } from '../core/records/memory-record-files.ts';
import type { SkippedFile } from '../core/records/skipped-files.ts';
import type { Run } from '../core/tracking/run.ts';
import type { RunStore } from '../core/tracking/run-store.ts';
import type { createVerifiedRuns, VerifiedCommit, VerifiedRecord } from './verified-runs.ts';

/** Baselines of a job, and what is to be said of the files that were looked at. */
export interface TrustedBaselines extends BaselineSource {
  /** Whether a run is what a workflow run recorded; `gone`: GitHub no longer tells. */
  standingOf(run: Run): Promise<'verified' | 'gone' | 'stray'>;
  notes(): readonly string[];
  /** Files of evidence and records that could not be read. */
  readonly skipped: readonly SkippedFile[];
}

/** Where the baselines of a job come from. */
interface Sources {
  readonly verified: ReturnType<typeof createVerifiedRuns>;
  readonly recentCommits: () => Promise<ReadonlySet<string>>;
  /** Null on a server that has artifacts; else its name. */
  readonly withoutArtifacts: string | null;
  /** The branch of runs: an index. */
  readonly index: Pick<RunStore, 'description' | 'files'> & { readonly runs: readonly Run[] };
  /** Evidence on a branch; null where none is kept. */
  readonly published: { readonly description: string; readonly files: Pick<RecordFiles, 'read'> } | null;
  /** The project file of this job, and where the base commit has it, from the repository's root: other projects may have datasets of the same names. */
  readonly projects: readonly string[];
}

/**
 * Baselines as GitHub verifies them. A commit's records come from the artifacts of its workflow runs; the branch of runs tells
 * where to look, and what of it no artifact has is named and counts for nothing. Evidence that an artifact lacks comes from the
 * branch of evidence, if the record has the digest of what lies there.
 */
export function trustedBaselines({
  verified,
  recentCommits,
  withoutArtifacts,
  index,
  published,
  projects,
}: Sources): TrustedBaselines {
  const runs = index.runs.filter(isOwn);
  const skipped: SkippedFile[] = [];
  const notes = new Set<string>();
  const commits = new Map<string, Promise<CommitRuns>>();

  /** Records that were made before they named their project may be of any. */
  function isOwn(run: Run): boolean {
    return run.project === undefined || projects.includes(run.project);
  }

  function lookUp(sha: string, of: keyof Sources['verified']): Promise<VerifiedCommit> {
    const claimed = index.runs.filter(({ git }) => git.sha === sha).flatMap(({ workflow }) => workflow?.runId ?? []);
    return verified[of](sha, new Set(claimed));
  }

  function evidenceIn(files: Pick<RecordFiles, 'read'>) {
    return skippingEvidenceStore(
      { get: (id: string) => readEvidence(files, id), rows: (id: string) => readRows(files, id) },
      skipped,
    );
  }

  async function predictionsIn(run: Run, files: Pick<RecordFiles, 'read'>): Promise<RunPredictions | null> {
    return (await evidenceIn(files).get(run.id)) ?? null;
  }

  async function publishedPredictions(run: Run): Promise<RunPredictions | null> {
    const path = evidencePath(run.id);
    const found = (await published?.files.read([path], evidenceCodec.maxBytes))?.get(path);
    if (!published || !found) return null;
    if (!('bytes' in found) || !isRecorded(run, found.bytes)) {
      skipped.push({ path, reason: 'its SHA-256 is not the one that the run recorded' });
      return null;
    }
    notes.add(`the artifact of run ${run.id} has no evidence: it comes from ${published.description}`);
    return predictionsIn(run, published.files);
  }

  async function evaluated({ run, files }: VerifiedRecord): Promise<EvaluatedRun> {
    const own = await evaluatedRunIn(evidenceIn(createMemoryRecordFiles(new Map(files))), run);
    return own.predictions || own.rows ? own : { run, predictions: await publishedPredictions(run) };
  }

  async function read(sha: string): Promise<CommitRuns> {
    if (withoutArtifacts !== null) {
      const unseen = { reason: 'no_artifacts', sha, server: withoutArtifacts } as const;
      return { runs: [], provenance: 'verified', branch: null, unseen, altered: [] };
    }
    const commit = await lookUp(sha, 'at');
    const { records, branch, unseen } = commit;
    skipped.push(...commit.skipped);
    const own = records.filter(({ run }) => isOwn(run));
    const kept = await index.files(own.map(({ run }) => run.id));
    const altered = own.flatMap(({ run, bytes }) => {
      const file = kept.get(run.id);
      return file && !Buffer.from(file).equals(bytes) ? [run.id] : [];
    });
    const strays = unseen?.reason === 'no_permission' ? [] : await straysAt(sha, commit);
    if (strays.length > 0) notes.add(strayNote(index.description, strays));
    return { runs: await Promise.all(own.map(evaluated)), provenance: 'verified', branch, unseen, altered };
  }

  /** Files of the index that no workflow run of the commit recorded. Those of other jobs are looked into only if they say what ours do. */
  async function straysAt(sha: string, { records, gone, unread }: VerifiedCommit): Promise<readonly Run[]> {
    const unknown = runs.filter(
      ({ id, git, workflow }) =>
        git.sha === sha &&
        !records.some(({ run }) => run.id === id) &&
        // Where nothing is left, that is what the report says.
        !(records.length === 0 && workflow && gone.has(workflow.runId)),
    );
    const isUnread = ({ workflow }: Run) => workflow !== null && unread.has(workflow.runId);
    const isLikeOurs = ({ dataset, model }: Run) =>
      records.some(({ run }) => run.dataset === dataset && run.model === model);
    const strays = unknown.filter((run) => !isUnread(run));
    const doubtful = unknown.filter((run) => isUnread(run) && isLikeOurs(run));
    if (doubtful.length === 0) return strays;
    const { records: all } = await lookUp(sha, 'ofAllJobs');
    return [...strays, ...doubtful.filter(({ id }) => !all.some(({ run }) => run.id === id))];
  }

  return {
    runs,
    skipped,
    notes: () => [...notes],
    recentCommits,
    at(sha) {
      const known = commits.get(sha) ?? read(sha);
      commits.set(sha, known);
      known.catch(() => commits.delete(sha));
      return known;
    },
    async standingOf(run) {
      if (run.git.sha === null || !run.workflow || withoutArtifacts !== null) return 'stray';
      const { records, gone, unseen } = await lookUp(run.git.sha, 'ofAllJobs');
      if (records.some((one) => one.run.id === run.id)) return 'verified';
      return gone.has(run.workflow.runId) || unseen?.reason === 'no_permission' ? 'gone' : 'stray';
    },
  };
}

/** Files that a note names. */
const NAMED = 3;

function strayNote(place: string, strays: readonly Run[]): string {
  const named = strays.slice(0, NAMED).map(({ id }) => `\`${id}\``);
  const more = strays.length > NAMED ? `, and ${strays.length - NAMED} more` : '';
  return `${place} has runs that no workflow run on GitHub vouches for, so they count for nothing: ${named.join(', ')}${more}`;
}
