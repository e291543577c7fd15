import { describe, expect, it } from 'vitest';
import { aRun } from '../tracking/run.fixture.ts';
import type { Run } from '../tracking/run.ts';
import { type BaselineSource, findBaseline, type Vouched } from './baseline.ts';
import type { Proof } from './paired-difference.ts';
import { aSide, someRows } from './side.fixture.ts';

const sha = (digit: string) => digit.repeat(40);
const at = (digit: string, changes: Partial<Run> = {}): Run => {
  const run = aRun();
  return { ...run, git: { ...run.git, sha: sha(digit) }, ...changes };
};
const proof = aSide(someRows(10)).proof as Proof;

function find(
  runs: readonly Run[],
  options: {
    commits?: string;
    champion?: string;
    vouch?: (run: Run) => Vouched;
    shared?: (run: string) => number;
    metrics?: string[];
  } = {},
) {
  const source: BaselineSource = {
    runs,
    vouch: async (run) => options.vouch?.(run) ?? { kind: 'trusted', proof },
  };
  const commits = [...(options.commits ?? '987')].map(sha);
  return findBaseline(
    source,
    { kind: 'merge_base', commits, champion: options.champion ? sha(options.champion) : null },
    {
      dataset: 'churn',
      task: 'classification',
      target: 'Churn',
      metrics: options.metrics ?? ['roc_auc'],
      self: sha('f'),
      sharedRows: () => options.shared?.('') ?? 1,
    },
  );
}

describe('findBaseline', () => {
  it('takes the run at the merge base', async () => {
    expect(await find([at('8'), at('9')])).toMatchObject({
      kind: 'merge_base',
      sha: sha('9'),
      commitsBehind: 0,
      provenance: 'trusted',
    });
  });
  it('else that of the nearest ancestor, and says how far behind it is', async () => {
    expect(await find([at('7'), at('1')])).toMatchObject({ kind: 'ancestor', sha: sha('7'), commitsBehind: 2 });
  });
  it('else the champion', async () => {
    expect(await find([at('1')], { champion: '1' })).toMatchObject({ kind: 'champion', sha: sha('1') });
  });
  it('else none: a first run when there is no run of its kind at all', async () => {
    expect(await find([])).toMatchObject({ kind: 'none', reason: 'first_run' });
    expect(await find([at('9', { target: 'Contract' })])).toMatchObject({ reason: 'first_run' });
    expect(await find([at('9')], { metrics: ['roc_auc', 'f1'] })).toMatchObject({ reason: 'first_run' });
  });
  it('but no trusted one when there are runs and none is an ancestor’s', async () => {
    expect(await find([at('1')])).toMatchObject({
      kind: 'none',
      reason: 'no_trusted_baseline',
      why: expect.stringContaining('none of the 3 commits'),
    });
    expect(await find([at('1')], { commits: '' })).toMatchObject({ why: expect.stringContaining('history') });
  });
  it('does not take the candidate’s own commit for a baseline', async () => {
    expect(await find([at('f')])).toMatchObject({ kind: 'none', reason: 'first_run' });
    expect(await find([at('f')], { commits: 'f' })).toMatchObject({ kind: 'merge_base' });
  });
  it('ignores runs of a dirty working tree', async () => {
    const run = at('9');
    expect(await find([{ ...run, git: { ...run.git, dirty: true } }])).toMatchObject({ reason: 'first_run' });
  });
  it('takes the newest of several runs of a model, and every model of the commit', async () => {
    const found = await find([
      at('9', { id: '20261124-073812-churn-random_forest-00000001', created_at: '2026-11-24T07:38:12.000Z' }),
      at('9', { id: '20261124-083812-churn-random_forest-00000002', created_at: '2026-11-24T08:38:12.000Z' }),
      at('9', { model: 'dummy' }),
    ]);
    if (found.kind === 'none') throw new Error(found.why);
    expect([...found.sides.keys()]).toEqual(['dummy', 'random_forest']);
    expect(found.sides.get('random_forest')!.run.id).toContain('083812');
  });
  it('passes over what cannot be verified any more', async () => {
    const vouch = (run: Run): Vouched =>
      run.git.sha === sha('9') ? { kind: 'unverified', why: 'its artifact has expired' } : { kind: 'trusted', proof };
    expect(await find([at('9'), at('8')], { vouch })).toMatchObject({ sha: sha('8') });
    expect(await find([at('9')], { vouch })).toMatchObject({
      reason: 'no_trusted_baseline',
      why: 'its artifact has expired',
    });
  });
  it('stops at a run that was altered, and names it', async () => {
    const vouch = (run: Run): Vouched =>
      run.git.sha === sha('9') ? { kind: 'refused', why: 'run x was altered' } : { kind: 'trusted', proof };
    expect(await find([at('9'), at('8')], { vouch })).toMatchObject({
      kind: 'none',
      reason: 'no_trusted_baseline',
      why: 'run x was altered',
    });
  });
  it('prefers an ancestor that shares 80 % of its rows, else takes the nearest', async () => {
    let asked = 0;
    const shares = [0.5, 0.9];
    expect(await find([at('9'), at('8')], { shared: () => shares[asked++]! })).toMatchObject({ sha: sha('8') });
    expect(await find([at('9'), at('8')], { shared: () => 0.1 })).toMatchObject({ sha: sha('9') });
  });
});
