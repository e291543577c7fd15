import { describe, expect, it } from 'vitest';
import { anEvaluatedRun, someRows } from '../core/comparison/evaluated-run.fixture.ts';
import { createEvidenceStore } from '../core/evidence/evidence-store.ts';
import { publishEvidence } from '../core/evidence/published-evidence.ts';
import { createMemoryRecordFiles } from '../core/records/memory-record-files.ts';
import { aRun } from '../core/tracking/run.fixture.ts';
import type { Run } from '../core/tracking/run.ts';
import { runCodec } from '../core/tracking/run-codec.ts';
import { trustedBaselines } from './trusted-baselines.ts';
import type { VerifiedCommit } from './verified-runs.ts';

const sha = 'e'.repeat(40);
const rowSet = someRows(20);
let nonce = 0;
const runOf = (changes: Partial<Run> = {}): Run =>
  aRun({
    id: `20261124-073812-churn-random_forest-${String(++nonce).padStart(8, '0')}`,
    workflow: { runId: 1, attempt: 1 },
    project: 'mlops.yml',
    ...changes,
  });

/** The files that a run's evidence is made of. */
async function evidenceOf(run: Run): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = createMemoryRecordFiles();
  const { evidence } = anEvaluatedRun(rowSet).predictions!;
  await createEvidenceStore(files).put(rowSet, [{ ...evidence, run: run.id }]);
  const paths = (await files.list('evidence')).map(({ path }) => path);
  const read = await files.read(paths, 1e9);
  return new Map([...read].map(([path, content]) => [path, 'bytes' in content ? content.bytes : new Uint8Array()]));
}

function sources(
  of: {
    own?: readonly Run[];
    /** What the artifacts of all jobs hold; by default what those of our own do. */
    all?: readonly Run[];
    commit?: Partial<VerifiedCommit>;
    index?: readonly Run[];
    /** What lies on the branch where that is not the record. */
    files?: ReadonlyMap<string, Uint8Array>;
    evidence?: ReadonlyMap<string, Uint8Array>;
    published?: ReadonlyMap<string, Uint8Array>;
    withoutArtifacts?: string;
  } = {},
) {
  const { own = [], all = own, index = own, evidence = new Map() } = of;
  const asked: string[] = [];
  const commitOf = (runs: readonly Run[]): VerifiedCommit => ({
    records: runs.map((run) => ({ run, bytes: runCodec.encode(run), files: evidence })),
    ...{ branch: 'main', unseen: null, gone: new Set(), unread: new Set(), skipped: [] },
    ...of.commit,
  });
  const baselines = trustedBaselines({
    verified: {
      at: async (_sha, claimed) => {
        asked.push(`own ${[...claimed]}`);
        return commitOf(own);
      },
      ofAllJobs: async () => {
        asked.push('all');
        return commitOf(all);
      },
    },
    recentCommits: async () => new Set(),
    withoutArtifacts: of.withoutArtifacts ?? null,
    index: {
      description: 'branch runs',
      runs: index,
      files: async (ids) =>
        new Map(
          [...ids].flatMap((id) => {
            const run = index.find((one) => one.id === id);
            const bytes = of.files?.get(id) ?? (run && runCodec.encode(run));
            return bytes ? [[id, bytes] as const] : [];
          }),
        ),
    },
    published: of.published
      ? { description: 'branch runs-evidence', files: createMemoryRecordFiles(new Map(of.published)) }
      : null,
    projects: ['mlops.yml', 'old/mlops.yml'],
  });
  return { baselines, asked };
}

describe('trustedBaselines', () => {
  it('gives what artifacts hold, whether the branch has it or not, and asks once', async () => {
    const run = runOf();
    const { baselines, asked } = sources({ own: [run], index: [], evidence: await evidenceOf(run) });
    const found = await baselines.at(sha);
    expect(found).toMatchObject({ provenance: 'verified', branch: 'main', unseen: null, altered: [] });
    expect(found.runs[0]).toMatchObject({ run, predictions: { rowSet: { id: rowSet.id } } });
    await baselines.at(sha);
    expect(asked).toEqual(['own ']);
    expect(baselines.notes()).toEqual([]);
  });

  it('says which workflow runs the index names', async () => {
    const { baselines, asked } = sources({
      index: [runOf({ workflow: { runId: 7, attempt: 1 } }), runOf({ workflow: null })],
    });
    await baselines.at(sha);
    expect(asked).toEqual(['own 7']);
  });

  it('names an altered record, and takes the artifact’s', async () => {
    const run = runOf();
    const files = new Map([[run.id, runCodec.encode({ ...run, modelBytes: 1 })]]);
    const { baselines } = sources({ own: [run], files });
    expect(await baselines.at(sha)).toMatchObject({ altered: [run.id], runs: [{ run }] });
  });

  it('names files that no workflow run recorded', async () => {
    const [run, stray] = [runOf(), runOf({ workflow: null })];
    const { baselines } = sources({ own: [run], index: [run, stray] });
    expect((await baselines.at(sha)).runs.map((one) => one.run)).toEqual([run]);
    expect(baselines.notes()).toEqual([expect.stringContaining(stray.id)]);
  });

  it('names files of workflow runs that are gone where others are left', async () => {
    const [run, deleted] = [runOf(), runOf({ workflow: { runId: 9, attempt: 1 } })];
    const { baselines } = sources({ own: [run], index: [run, deleted], commit: { gone: new Set([9]) } });
    expect((await baselines.at(sha)).runs).toHaveLength(1);
    expect(baselines.notes()).toEqual([expect.stringContaining(deleted.id)]);
  });

  it('names no file whose workflow run GitHub no longer knows, or that may not be looked up', async () => {
    const run = runOf({ workflow: { runId: 9, attempt: 1 } });
    for (const commit of [
      { gone: new Set([9]), unseen: { reason: 'run_deleted', sha, detail: 'x' } },
      { unseen: { reason: 'no_permission', sha, detail: 'x' } },
    ] as const) {
      const { baselines } = sources({ index: [run], commit });
      expect(await baselines.at(sha)).toMatchObject({ runs: [], unseen: commit.unseen });
      expect(baselines.notes()).toEqual([]);
    }
  });

  it('does not look into artifacts of other jobs, unless a file says what our own run does', async () => {
    const run = runOf();
    const leg = runOf({ dataset: 'fraud' });
    const commit = { unread: new Set([1]) };
    const legs = sources({ own: [run], index: [run, leg], commit });
    await legs.baselines.at(sha);
    expect(legs.asked).toEqual(['own 1']);
    expect(legs.baselines.notes()).toEqual([]);
    const [forged, honest] = [runOf(), runOf()];
    const like = sources({ own: [run], all: [run, honest], index: [run, forged, honest], commit });
    await like.baselines.at(sha);
    expect(like.asked).toEqual(['own 1', 'all']);
    expect(like.baselines.notes().join()).toContain(forged.id);
    expect(like.baselines.notes().join()).not.toContain(honest.id);
  });

  it('takes no run of another project, though its dataset has the same name, unless the project was there', async () => {
    const [run, other, old] = [runOf(), runOf({ project: 'b/mlops.yml' }), runOf({ project: undefined })];
    const moved = runOf({ project: 'old/mlops.yml' });
    const { baselines } = sources({ own: [run, other, old, moved] });
    expect(baselines.runs).toEqual([run, old, moved]);
    expect((await baselines.at(sha)).runs.map((one) => one.run)).toEqual([run, old, moved]);
  });

  it('completes an artifact without evidence from the branch, if the record has its digest', async () => {
    const bare = runOf();
    const { evidence } = anEvaluatedRun(rowSet).predictions!;
    const { files, sha256 } = publishEvidence({ rowSet, evidence: { ...evidence, run: bare.id } });
    const run = { ...bare, evidenceSha256: sha256 };
    const good = sources({ own: [run], published: files }).baselines;
    expect((await good.at(sha)).runs[0]!.predictions).not.toBe(null);
    expect(good.notes()).toEqual([expect.stringContaining('it comes from branch runs-evidence')]);
    const bad = sources({ own: [bare], published: files }).baselines;
    expect((await bad.at(sha)).runs[0]!.predictions).toBe(null);
    expect(bad.skipped).toMatchObject([{ reason: 'its SHA-256 is not the one that the run recorded' }]);
  });

  it('asks nothing of a server without artifacts', async () => {
    const { baselines, asked } = sources({ own: [runOf()], withoutArtifacts: 'github.example.org' });
    expect(await baselines.at(sha)).toMatchObject({
      runs: [],
      unseen: { reason: 'no_artifacts', sha, server: 'github.example.org' },
    });
    expect(asked).toEqual([]);
  });

  it('knows what of the branch of evidence belongs to recorded runs of any job', async () => {
    const [run, gone, stray] = [runOf(), runOf({ workflow: { runId: 9, attempt: 1 } }), runOf()];
    const { baselines } = sources({ own: [], all: [run], index: [run, gone, stray], commit: { gone: new Set([9]) } });
    expect(await baselines.standingOf(run)).toBe('verified');
    expect(await baselines.standingOf(gone)).toBe('gone');
    expect(await baselines.standingOf(stray)).toBe('stray');
    expect(await baselines.standingOf({ ...run, workflow: null })).toBe('stray');
  });
});
