import { describe, expect, it } from 'vitest';
import { createMemoryRecordFiles } from '../records/memory-record-files.ts';
import { aRun } from '../tracking/run.fixture.ts';
import type { Run } from '../tracking/run.ts';
import { aRowSet, someEvidence } from './evidence.fixture.ts';
import { evidenceBranchOf, planEvidence } from './evidence-branch.ts';
import { decodeEvidence, decodeRowSet, evidencePath } from './evidence-codec.ts';
import { readEvidence } from './evidence-store.ts';
import { publishEvidence } from './published-evidence.ts';

const rowSet = aRowSet();

/** A run of a day, with its published files. */
function published(day: number, model = 'forest', sha = 'e'): { run: Run; files: ReadonlyMap<string, Uint8Array> } {
  const date = `2026-11-${String(day).padStart(2, '0')}`;
  const id = `${date.replaceAll('-', '')}-000000-churn-${model}-00000000`;
  const { files, sha256 } = publishEvidence({ rowSet, evidence: someEvidence(rowSet, { run: id }) });
  const git = { sha: sha.repeat(40), branch: 'main', base: null, dirty: false };
  return { run: aRun({ id, model, createdAt: `${date}T00:00:00Z`, git, evidenceSha256: sha256 }), files };
}

type Published = ReturnType<typeof published>;

function plan(kept: readonly Published[], fresh: readonly Published[], pinned: readonly string[] = []) {
  const has = new Map(kept.flatMap(({ files }) => [...files]));
  return planEvidence(new Map([...has, ...fresh.flatMap(({ files }) => [...files])]), {
    kept: new Set(has.keys()),
    runs: [...kept, ...fresh].map(({ run }) => run),
    pinned: new Set(pinned.map((sha) => sha.repeat(40))),
  });
}

/** Names of the evidence in a plan. */
function runsIn(planned: ReturnType<typeof plan>): string[] {
  const names = [...(planned?.files.keys() ?? [])].filter((path) => path.endsWith('.oof'));
  return names.map((path) => path.replace(/^evidence\/|-000000.*-(?=\w+-0{8})|-00000000\.oof$/g, ''));
}

describe('publishEvidence', () => {
  const { run, files } = published(1);

  it('publishes predictions, folds and keys; no target and no position', () => {
    const [rows, oof] = [...files.values()] as [Uint8Array, Uint8Array];
    const { id, ...contents } = decodeRowSet(rows);
    expect(contents).toEqual({
      dataset: 'churn',
      keys: rowSet.keys,
      folds: rowSet.folds,
      classes: rowSet.classes,
      nRows: 5,
      scale: null,
    });
    expect(id).not.toBe(rowSet.id);
    expect(decodeEvidence(oof)).toEqual(someEvidence(rowSet, { run: run.id, rowSet: id }));
  });

  it('has the same bytes whatever targets and slices are', () => {
    const other = aRowSet({
      target: Float64Array.of(1, 0, 0, 1, 0),
      positions: Uint32Array.of(0, 1, 2, 3, 4),
      slices: [{ column: 'shop', values: ['east', 'west'], codes: Uint8Array.of(0, 1, 1, 0, 1) }],
    });
    const again = publishEvidence({ rowSet: other, evidence: someEvidence(other, { run: run.id }) });
    expect(again.files).toEqual(files);
  });

  it('is what an evidence store reads', async () => {
    const published = await readEvidence(createMemoryRecordFiles(new Map(files)), run.id);
    expect(published?.rowSet.keys).toEqual(rowSet.keys);
    expect(published?.rowSet.target).toBe(undefined);
  });
});

describe('planEvidence', () => {
  it('keeps the newest run of each dataset and model, and rows once', () => {
    const planned = plan([published(1), published(2, 'dummy')], [published(3)]);
    expect(runsIn(planned)).toEqual(
      ['20261102-dummy', '20261103-forest'].map((name) => expect.stringContaining(name.slice(0, 8))),
    );
    expect([...planned!.files.keys()].filter((path) => path.endsWith('.rows'))).toHaveLength(1);
    expect(planned!.files.has('README.md')).toBe(true);
  });

  it('keeps a newer one that another job left, whoever writes last', () => {
    const [older, newer] = [published(1), published(2)];
    expect(plan([newer], [older])).toBe(undefined);
    expect(runsIn(plan([older], [newer]))).toHaveLength(1);
  });

  it("keeps those of the champion's commit", () => {
    const champion = published(1, 'forest', 'c');
    expect(runsIn(plan([champion], [published(2)], ['c']))).toHaveLength(2);
    expect(runsIn(plan([champion], [published(2)]))).toHaveLength(1);
  });

  it('does not grow, however many runs come', () => {
    let kept: readonly Published[] = [];
    for (let day = 1; day <= 20; day++) {
      const planned = plan(kept, [published(day)])!;
      expect(planned.files.size).toBe(3);
      kept = [published(day)];
    }
  });

  it('drops what no run tells of, and what has other bytes than the run recorded', () => {
    const [good, altered] = [published(1), published(2, 'dummy')];
    const path = evidencePath(altered.run.id);
    const bytes = altered.files.get(path)!.slice().fill(7, 60, 70);
    const files = new Map<string, Uint8Array>([...good.files, [path, bytes], ['evidence/notes.txt', bytes]]);
    const planned = planEvidence(files, {
      kept: new Set(files.keys()),
      runs: [good.run, altered.run, aRun({ evidenceSha256: undefined })],
      pinned: new Set(),
    });
    expect([...planned!.files.keys()].sort()).toEqual(['README.md', ...good.files.keys()].sort());
  });

  it('asks for no commit when the branch has exactly that, or there is nothing to keep', () => {
    expect(plan([published(1)], [])).toBe(undefined);
    expect(plan([], [])).toBe(undefined);
  });
});

it('the branch of evidence is named after that of runs', () => {
  expect(evidenceBranchOf('ml/runs')).toBe('ml/runs-evidence');
});
