import { describe, expect, it } from 'vitest';
import { aRun } from '../tracking/run.fixture.ts';
import type { Run } from '../tracking/run.ts';
import { type BaselineSource, findBaseline, type Verified } from './baseline.ts';
import type { BaselineSearch } from './baseline-search.ts';
import { anEvaluatedRun, someRows } from './evaluated-run.fixture.ts';
import type { RunPredictions } from './paired-difference.ts';

const sha = (digit: string) => digit.repeat(40);
const at = (digit: string, changes: Partial<Run> = {}): Run => {
  const run = aRun();
  return { ...run, git: { ...run.git, sha: sha(digit) }, ...changes };
};
const dirty = (run: Run): Run => ({ ...run, git: { ...run.git, dirty: true } });
const predictions = anEvaluatedRun(someRows(10)).predictions as RunPredictions;

function find(
  runs: readonly Run[],
  options: {
    commits?: string;
    end?: BaselineSearch['end'];
    noRepository?: { why: string; next: string };
    champion?: string;
    verify?: (run: Run) => Verified;
    /** Per commit, in the order they are asked; 1 where there are no more. */
    shared?: (number | null)[];
    self?: string | null;
  } = {},
) {
  const { champion, end = 'complete', self = sha('f') } = options;
  const source: BaselineSource = {
    runs,
    verify: async (run) => options.verify?.(run) ?? { kind: 'trusted', predictions },
  };
  const commits = [...(options.commits ?? '987')].map(sha);
  const shared = [...(options.shared ?? [])];
  return findBaseline(
    source,
    {
      kind: 'merge_base',
      commits,
      end,
      ...(options.noRepository && { noRepository: options.noRepository }),
      champion: champion ? { name: 'v1', sha: sha(champion) } : null,
      defaultBranch: 'main',
    },
    {
      dataset: 'churn',
      task: 'classification',
      target: 'Churn',
      split: { folds: 5, group: null, time: null, gap: 0 },
      self,
      sharedRows: () => (shared.length > 0 ? shared.shift()! : 1),
    },
  );
}

describe('findBaseline', () => {
  it('takes the run at the first commit', async () => {
    expect(await find([at('8'), at('9')])).toMatchObject({
      kind: 'merge_base',
      sha: sha('9'),
      commitsBehind: 0,
      provenance: 'verified',
      passedOver: [],
    });
  });
  it('else that of the nearest ancestor, and says how far behind it is', async () => {
    expect(await find([at('7'), at('1')])).toMatchObject({ kind: 'merge_base', sha: sha('7'), commitsBehind: 2 });
  });
  it("else the champion's, which nearer runs go before", async () => {
    expect(await find([at('1')], { champion: '1' })).toMatchObject({ kind: 'champion', sha: sha('1') });
    expect(await find([at('1'), at('8')], { champion: '1' })).toMatchObject({ sha: sha('8') });
    const few = { champion: '1', shared: [0.1, 1] };
    expect(await find([at('1'), at('8')], few)).toMatchObject({ kind: 'merge_base', sha: sha('8') });
  });
  it('looks only at runs of the dataset', async () => {
    expect(await find([at('9', { dataset: 'fraud' }), at('8')])).toMatchObject({ sha: sha('8') });
  });
  it('looks past runs of another target or task while there are others', async () => {
    expect(await find([at('9', { target: 'Contract' }), at('8')])).toMatchObject({ sha: sha('8') });
    expect(await find([at('9', { task: 'regression' }), at('8')])).toMatchObject({ sha: sha('8') });
  });
  it.each([{ folds: 10 }, { group: 'customer' }, { time: 'day', gap: 0 }, { time: 'day', gap: 7 }])(
    'looks past runs of the split %j, which learned from other rows or knew more of those they predicted',
    async (changes) => {
      const other = at('9', { split: { ...at('9').split, ...changes } });
      expect(await find([other, at('8')])).toMatchObject({ sha: sha('8') });
      expect(await find([other])).toMatchObject({ standing: 'first_run', why: { reason: 'split_changed' } });
    },
  );
  it('takes a run of another seed or with more repeats', async () => {
    expect(await find([at('9', { split: { folds: 5, seed: 7, repeats: 4 } })])).toMatchObject({ sha: sha('9') });
  });
  it('takes a run that lacks a metric: what both have is compared', async () => {
    expect(await find([at('9', { metrics: {} })])).toMatchObject({ sha: sha('9') });
  });
  it('marks runs that nobody verifies', async () => {
    const verify = (): Verified => ({ kind: 'local', predictions: null });
    expect(await find([at('9')], { verify })).toMatchObject({ provenance: 'local' });
  });

  const later = { createdAt: '2026-11-25T00:00:00.000Z' };
  it.each<[string, Run[], Parameters<typeof find>[1], object]>([
    ['there is no run at all', [], {}, { reason: 'no_run' }],
    ['no run is of this dataset', [at('9', { dataset: 'fraud' })], {}, { reason: 'no_run' }],
    ['the only run is its own', [at('f')], {}, { reason: 'no_run' }],
    ['all runs are of uncommitted changes', [dirty(at('9'))], {}, { reason: 'only_uncommitted' }],
    [
      'the target changed',
      [at('9', { target: 'Old' }), at('8', { target: 'Contract', ...later }), at('7', { target: 'Older' })],
      {},
      { reason: 'target_changed', before: 'Contract', after: 'Churn' },
    ],
    [
      'the task changed',
      [at('9', { task: 'regression' })],
      {},
      { reason: 'task_changed', before: 'regression', after: 'classification' },
    ],
    [
      'the split changed',
      [at('9', { split: { folds: 5, seed: 42, repeats: 2, group: 'customer' } })],
      {},
      {
        reason: 'split_changed',
        before: { folds: 5, group: 'customer', time: null, gap: 0 },
        after: { folds: 5, group: null, time: null, gap: 0 },
      },
    ],
    [
      'there is no repository, whatever was run here before',
      [at('9')],
      { commits: '', end: 'no_commit', noRepository: { why: 'no git repository', next: 'clone it' } },
      { reason: 'no_repository', why: 'no git repository', next: 'clone it' },
    ],
    ['nothing is committed', [at('9')], { commits: '', end: 'no_commit' }, { reason: 'no_commit' }],
    [
      'there is no repository',
      [at('9', { git: { ...at('9').git, sha: null } })],
      { commits: '', end: 'no_commit', self: null },
      { reason: 'no_commit' },
    ],
  ])('is a first run when %s', async (_, runs, options, why) => {
    expect(await find(runs, options)).toEqual({ kind: 'none', standing: 'first_run', why });
  });

  const expired: Verified = { kind: 'unverified', expired: true, why: 'it has expired' };
  const unreadable: Verified = { kind: 'unverified', expired: false, why: 'it cannot be read' };
  const refused: Verified = { kind: 'refused', why: 'run x was altered' };
  const ask =
    (answers: Record<string, Verified>) =>
    (run: Run): Verified =>
      answers[run.git.sha![0]!] ?? { kind: 'trusted', predictions };

  it.each<[string, Run[], Parameters<typeof find>[1], object]>([
    ['no commit looked at has a run', [at('1')], {}, { reason: 'not_recorded', commits: 3, from: sha('9') }],
    ['there is no commit to look at', [at('1')], { commits: '' }, { reason: 'not_recorded', commits: 0, from: null }],
    ['the clone is shallow', [at('1')], { commits: '9', end: 'shallow' }, { reason: 'shallow', commits: 1 }],
    ['there is no common ancestor', [at('1')], { commits: '', end: 'unrelated' }, { reason: 'unrelated' }],
    [
      'a run has expired',
      [at('9'), at('8')],
      { verify: ask({ 9: expired, 8: unreadable }) },
      { reason: 'unverified', sha: sha('9'), expired: true, detail: 'it has expired' },
    ],
    [
      'a run was altered, whatever lies behind it',
      [at('9'), at('8')],
      { verify: ask({ 9: refused }) },
      { reason: 'refused', sha: sha('9'), detail: 'run x was altered' },
    ],
    [
      'a run was altered behind one that has expired',
      [at('9'), at('8')],
      { verify: ask({ 9: expired, 8: refused }) },
      { reason: 'refused', sha: sha('8'), detail: 'run x was altered' },
    ],
    [
      'the champion has expired',
      [at('1')],
      { champion: '1', verify: ask({ 1: expired }) },
      { reason: 'unverified', sha: sha('1'), expired: true, detail: 'it has expired' },
    ],
  ])('cannot be told when %s', async (_, runs, options, why) => {
    expect(await find(runs, options)).toEqual({ kind: 'none', standing: 'no_verified_baseline', why });
  });

  it("does not take the candidate's own commit for a baseline, unless history says so", async () => {
    expect(await find([at('f'), at('8')])).toMatchObject({ sha: sha('8') });
    expect(await find([at('f')], { commits: 'f' })).toMatchObject({ kind: 'merge_base' });
  });
  it('ignores runs of a dirty working tree', async () => {
    expect(await find([dirty(at('9')), at('8')])).toMatchObject({ sha: sha('8') });
  });
  it('takes the newest of several runs of a model, and every model of the commit', async () => {
    const id = (time: string, nonce: string) => `20261124-${time}-churn-random_forest-0000000${nonce}`;
    const runs = [
      at('9', { id: id('073812', '1'), createdAt: '2026-11-24T07:38:12.000Z' }),
      at('9', { id: id('083812', '3'), createdAt: '2026-11-24T08:38:12.000Z' }),
      at('9', { id: id('083812', '2'), createdAt: '2026-11-24T08:38:12.000Z' }),
      at('9', { model: 'dummy' }),
    ];
    for (const order of [runs, [...runs].reverse()]) {
      const found = await find(order);
      if (found.kind === 'none') throw new Error(found.why.reason);
      expect([...found.evaluatedRuns.keys()]).toEqual(['dummy', 'random_forest']);
      expect(found.evaluatedRuns.get('random_forest')!.run.id).toBe(id('083812', '3'));
    }
  });
  it('passes over what cannot be verified any more, and says so', async () => {
    expect(await find([at('9'), at('8')], { verify: ask({ 9: expired }) })).toMatchObject({
      sha: sha('8'),
      commitsBehind: 1,
      passedOver: [{ sha: sha('9'), why: 'unverified', detail: 'it has expired' }],
    });
  });
  const byModel = (dummy: Verified, forest: Verified) => (run: Run) => (run.model === 'dummy' ? dummy : forest);
  const fine: Verified = { kind: 'trusted', predictions: null };
  it.each([
    ['first', expired, fine],
    ['second', fine, expired],
  ])('passes over a commit as a whole when its %s run cannot be verified', async (_, dummy, forest) => {
    const verify = (run: Run): Verified => (run.git.sha === sha('9') ? byModel(dummy, forest)(run) : fine);
    expect(await find([at('9'), at('9', { model: 'dummy' }), at('8')], { verify })).toMatchObject({ sha: sha('8') });
  });
  it('stops at a commit that has a refused run beside one that cannot be verified', async () => {
    const both = [at('9'), at('9', { model: 'dummy' }), at('8')];
    expect(await find(both, { verify: byModel(expired, refused) })).toMatchObject({ why: { reason: 'refused' } });
    expect(await find(both, { verify: byModel(refused, expired) })).toMatchObject({ why: { reason: 'refused' } });
  });

  it('prefers an ancestor that shares 80 % of its rows, else takes the nearest', async () => {
    const three = [at('9'), at('8'), at('7')];
    expect(await find(three, { shared: [0.5, 0.8] })).toMatchObject({
      sha: sha('8'),
      passedOver: [{ sha: sha('9'), why: 'few_rows', shared: 0.5 }],
    });
    expect(await find(three, { shared: [0.79, 0.1, 0.2] })).toMatchObject({ sha: sha('9'), passedOver: [] });
    expect(await find(three, { shared: [null] })).toMatchObject({ sha: sha('9') });
  });
  it('does not ask for rows where there is no evidence', async () => {
    const verify = (): Verified => ({ kind: 'trusted', predictions: null });
    expect(await find([at('9'), at('8')], { verify, shared: [0.1, 0.1] })).toMatchObject({ sha: sha('9') });
  });
});
