import { describe, expect, it } from 'vitest';
import { ENGINE, KEY_SCHEME } from '../engine.ts';
import { aRun } from '../tracking/run.fixture.ts';
import type { Run } from '../tracking/run.ts';
import { findBaseline } from './baseline.ts';
import type { BaselineSearch } from './baseline-search.ts';
import type { BaselineSource, CommitRuns } from './baseline-source.ts';
import { anEvaluatedRun, someRows } from './evaluated-run.fixture.ts';
import type { UnseenRuns } from './no-baseline.ts';
import type { RunPredictions } from './paired-difference.ts';

const sha = (digit: string) => digit.repeat(40);
const at = (digit: string, changes: Partial<Run> = {}): Run => {
  const run = aRun();
  return { ...run, engine: ENGINE, keyScheme: KEY_SCHEME, git: { ...run.git, sha: sha(digit) }, ...changes };
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
    /** What the commits' runs come with, if not with evidence. */
    at?: Partial<CommitRuns>;
    predictions?: RunPredictions | null;
    /** By the commit's digit. */
    unseen?: Record<string, UnseenRuns>;
    /** What the index says; by default what there is. */
    index?: readonly Run[];
    recent?: string;
    /** Digits of the commits that have the inputs of the first; by default nobody can tell. */
    twins?: string;
    /** Per commit, in the order they are asked; 1 where there are no more. */
    shared?: (number | null)[];
    self?: string | null;
    /** Filled with the commits that are asked for. */
    asked?: string[];
  } = {},
) {
  const { champion, end = 'complete', self = sha('f'), index = runs, recent = '', asked = [] } = options;
  const source: BaselineSource = {
    runs: index,
    recentCommits: async () => new Set([...recent].map(sha)),
    async at(commit) {
      asked.push(commit[0]!);
      const unseen = options.unseen?.[commit[0]!] ?? null;
      const given = options.predictions === undefined ? predictions : options.predictions;
      const own = unseen ? [] : runs.filter(({ git }) => git.sha === commit);
      return {
        runs: own.map((run) => ({ run, predictions: given })),
        ...{ provenance: 'verified', branch: 'main', unseen, altered: [] },
        ...options.at,
      };
    },
  };
  const commits = [...(options.commits ?? '987')].map(sha);
  const shared = [...(options.shared ?? [])];
  return findBaseline(
    source,
    {
      kind: 'base',
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
      ...(options.twins !== undefined && { sameInputs: async (one) => options.twins!.includes(one[0]!) }),
      sharedRows: () => (shared.length > 0 ? shared.shift()! : 1),
    },
  );
}

describe('findBaseline', () => {
  it('takes the run at the first commit', async () => {
    expect(await find([at('8'), at('9')])).toMatchObject({
      kind: 'base',
      sha: sha('9'),
      commitsBehind: 0,
      provenance: 'verified',
      passedOver: [],
    });
  });
  it('else that of the nearest ancestor, and says how far behind it is', async () => {
    expect(await find([at('7'), at('1')])).toMatchObject({ kind: 'base', sha: sha('7'), commitsBehind: 2 });
  });
  it("else the champion's, which nearer runs go before", async () => {
    expect(await find([at('1')], { champion: '1' })).toMatchObject({ kind: 'champion', sha: sha('1') });
    expect(await find([at('1'), at('8')], { champion: '1' })).toMatchObject({ sha: sha('8') });
    const few = { champion: '1', shared: [0.1, 1] };
    expect(await find([at('1'), at('8')], few)).toMatchObject({ kind: 'base', sha: sha('8') });
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
      expect(await find([other])).toMatchObject({ why: { reason: 'split_changed' } });
    },
  );
  it('takes a run of another seed or with more repeats', async () => {
    expect(await find([at('9', { split: { folds: 5, seed: 7, repeats: 4 } })])).toMatchObject({ sha: sha('9') });
  });
  it('takes a run that lacks a metric: what both have is compared', async () => {
    expect(await find([at('9', { metrics: {} })])).toMatchObject({ sha: sha('9') });
  });
  it('marks runs that nobody verifies', async () => {
    expect(await find([at('9')], { at: { provenance: 'local' } })).toMatchObject({ provenance: 'local' });
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
    [
      'nothing was recorded, and history ends too soon',
      [],
      { commits: '', end: 'shallow' },
      { reason: 'shallow', commits: 0 },
    ],
    [
      'nobody knows where it goes',
      [at('9')],
      { commits: '', end: 'no_default_branch' },
      { reason: 'no_default_branch' },
    ],
    ['nothing is committed', [at('9')], { commits: '', end: 'no_commit' }, { reason: 'no_commit' }],
    [
      'there is no repository',
      [at('9', { git: { ...at('9').git, sha: null } })],
      { commits: '', end: 'no_commit', self: null },
      { reason: 'no_commit' },
    ],
  ])('is a first run when %s', async (_, runs, options, why) => {
    expect(await find(runs, options)).toEqual({ kind: 'none', why });
  });

  const gone = (digit: string): UnseenRuns => ({ reason: 'artifact_gone', sha: sha(digit), detail: 'it has expired' });
  const damaged = (digit: string): UnseenRuns => ({ reason: 'artifact_damaged', sha: sha(digit), detail: 'no zip' });
  const forbidden: UnseenRuns = { reason: 'no_permission', sha: sha('9'), detail: 'GitHub answered 403' };
  const ghes: UnseenRuns = { reason: 'no_artifacts', sha: sha('9'), server: 'github.example.org' };
  const deleted: UnseenRuns = { reason: 'run_deleted', sha: sha('9'), detail: 'workflow run 7 no longer exists' };

  it.each<[string, Run[], Parameters<typeof find>[1], object]>([
    ['no commit looked at has a run', [at('1')], {}, { reason: 'not_recorded', commits: 3, from: sha('9') }],
    ['there is no commit to look at', [at('1')], { commits: '' }, { reason: 'not_recorded', commits: 0, from: null }],
    ['the clone is shallow', [at('1')], { commits: '9', end: 'shallow' }, { reason: 'shallow', commits: 1 }],
    ['there is no common ancestor', [at('1')], { commits: '', end: 'unrelated' }, { reason: 'unrelated' }],
    ['runs have expired', [at('9'), at('8')], { unseen: { 9: gone('9'), 8: damaged('8') } }, gone('9')],
    ['the job may not read', [at('9'), at('8')], { unseen: { 9: forbidden } }, forbidden],
    ['the job may not read, and the branch of runs is gone', [], { unseen: { 9: forbidden } }, forbidden],
    ['the server has no artifacts', [at('8')], { unseen: { 9: ghes } }, ghes],
    ['its workflow run was deleted', [at('9')], { unseen: { 9: deleted } }, deleted],
    ['the champion has expired', [at('1')], { champion: '1', unseen: { 1: gone('1') } }, gone('1')],
    [
      'rows are recognised in another way',
      [at('9', { keyScheme: 99 })],
      {},
      { reason: 'key_scheme_changed', before: 99, after: KEY_SCHEME },
    ],
  ])('cannot be told when %s', async (_, runs, options, why) => {
    expect(await find(runs, options)).toEqual({ kind: 'none', why });
  });

  it('asks the first commit whatever the index says, so that deleting the index hides nothing', async () => {
    expect(await find([at('9')], { index: [] })).toMatchObject({ sha: sha('9') });
  });
  it('asks older commits that the index or recent workflow runs name, and no others', async () => {
    const asked: string[] = [];
    expect(await find([at('7')], { index: [], recent: '7', asked })).toMatchObject({ sha: sha('7'), commitsBehind: 2 });
    expect(asked).toEqual(['9', '7']);
    expect(await find([at('7')], { index: [] })).toMatchObject({ why: { reason: 'no_run' } });
  });
  it('takes no word of the index for a run', async () => {
    expect(await find([at('8')], { index: [at('9'), at('8')] })).toMatchObject({ sha: sha('8') });
    expect(await find([], { index: [at('9')] })).toMatchObject({ why: { reason: 'not_recorded' } });
  });
  it('ends after six commits that were asked for in vain', async () => {
    const commits = '98765432';
    const asked: string[] = [];
    const found = await find([at('2')], { commits, index: [...commits].map((digit) => at(digit)), asked });
    expect(found).toMatchObject({ kind: 'none', why: { reason: 'not_recorded' } });
    expect(asked).toEqual([...'987654']);
  });
  it('takes an older run with the inputs of the first commit, which it says, and no other', async () => {
    const asked: string[] = [];
    const found = await find([at('8'), at('7')], { twins: '7', shared: [0.1], asked });
    expect(found).toMatchObject({ sha: sha('7'), commitsBehind: 2, sameInputs: true });
    expect(asked).toEqual(['9', '7']);
    expect(await find([at('8'), at('7')], { twins: '' })).toEqual({
      kind: 'none',
      why: { reason: 'not_recorded', commits: 1, from: sha('9') },
    });
    expect(await find([at('8')], { twins: '', unseen: { 9: deleted } })).toEqual({ kind: 'none', why: deleted });
    expect(await find([at('8'), at('1')], { twins: '', champion: '1' })).toMatchObject({ kind: 'champion' });
  });
  it("takes the first commit's own run however few of its rows there are left, where its inputs are known", async () => {
    expect(await find([at('9'), at('8')], { twins: '8', shared: [0.1] })).toMatchObject({ sha: sha('9') });
  });
  it('looks past runs of another key scheme, and takes those of another engine with a note', async () => {
    expect(await find([at('9', { keyScheme: 99 }), at('8')])).toMatchObject({ sha: sha('8') });
    expect(await find([at('9', { engine: 99 })])).toMatchObject({
      sha: sha('9'),
      notes: [{ note: 'other_engine', before: 99, after: ENGINE }],
    });
  });
  it('names records that were altered on the branch of runs', async () => {
    const run = at('9', { engine: ENGINE });
    expect(await find([run], { at: { altered: [run.id, 'of another dataset'] } })).toMatchObject({
      notes: [{ note: 'record_altered', run: run.id }],
    });
  });

  it("does not take the candidate's own commit for a baseline, unless history says so", async () => {
    expect(await find([at('f'), at('8')])).toMatchObject({ sha: sha('8') });
    expect(await find([at('f')], { commits: 'f' })).toMatchObject({ kind: 'base' });
  });
  it('ignores runs of a dirty working tree', async () => {
    expect(await find([dirty(at('9')), at('8')])).toMatchObject({ sha: sha('8') });
  });
  it('takes the newest of several local runs of a model, and every model of the commit', async () => {
    const id = (time: string, nonce: string) => `20261124-${time}-churn-random_forest-0000000${nonce}`;
    const runs = [
      at('9', { id: id('073812', '1'), createdAt: '2026-11-24T07:38:12.000Z' }),
      at('9', { id: id('083812', '3'), createdAt: '2026-11-24T08:38:12.000Z' }),
      at('9', { id: id('083812', '2'), createdAt: '2026-11-24T08:38:12.000Z' }),
      at('9', { model: 'dummy' }),
    ];
    for (const order of [runs, [...runs].reverse()]) {
      const found = await find(order, { at: { provenance: 'local' } });
      if (found.kind === 'none') throw new Error(found.why.reason);
      expect([...found.evaluatedRuns.keys()]).toEqual(['dummy', 'random_forest']);
      expect(found.evaluatedRuns.get('random_forest')!.run.id).toBe(id('083812', '3'));
    }
  });
  it('passes over what cannot be verified any more, and says so', async () => {
    expect(await find([at('9'), at('8')], { unseen: { 9: gone('9') } })).toMatchObject({
      sha: sha('8'),
      commitsBehind: 1,
      passedOver: [{ sha: sha('9'), why: 'unverified', detail: 'it has expired' }],
    });
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
    expect(await find([at('9'), at('8')], { predictions: null, shared: [0.1, 0.1] })).toMatchObject({ sha: sha('9') });
  });
});
