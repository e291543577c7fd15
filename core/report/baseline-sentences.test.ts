import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { NoBaseline } from '../comparison/baseline.ts';
import type { BaselineNote } from '../comparison/baseline-notes.ts';
import { baselineSentence, noBaselineRemedy, noBaselineSentence, noteSentence } from './baseline-sentences.ts';
import { renderMarkdown } from './markdown.ts';
import { aDataset, aFloor, aGate, aModel, aReport, aVerdict } from './report.fixture.ts';
import type { BaselineReport, Report } from './report.ts';
import { renderTerminal } from './terminal.ts';

const sha = 'b7e23ec'.padEnd(40, '0');
const detail = 'the artifact of workflow run 17, attempt 1, has expired <script> @team';

/** Every reason, so that none can be without a sentence and a golden file. */
const reasons: { readonly [Reason in NoBaseline['reason']]: NoBaseline & { readonly reason: Reason } } = {
  no_run: { reason: 'no_run' },
  only_uncommitted: { reason: 'only_uncommitted' },
  target_changed: { reason: 'target_changed', before: 'Churn`x', after: 'Churned' },
  task_changed: { reason: 'task_changed', before: 'regression', after: 'classification' },
  split_changed: {
    reason: 'split_changed',
    before: { folds: 5, group: null, time: null, gap: 0 },
    after: { folds: 6, group: null, time: 'day|x', gap: 7 },
  },
  no_commit: { reason: 'no_commit' },
  unrelated: { reason: 'unrelated' },
  shallow: { reason: 'shallow', commits: 3 },
  not_recorded: { reason: 'not_recorded', commits: 12, from: sha },
  unverified: { reason: 'unverified', sha, expired: true, detail },
  refused: { reason: 'refused', sha, detail: 'run file runs/x.json was altered: its bytes differ <b> @team' },
};

const notes: { readonly [Note in BaselineNote['note']]: BaselineNote & { readonly note: Note } } = {
  unverified_passed_over: { note: 'unverified_passed_over', sha, detail },
  few_rows_passed_over: { note: 'few_rows_passed_over', sha, shared: 0.41 },
  champion_unknown: { note: 'champion_unknown', name: 'v`1' },
  other_branch: { note: 'other_branch', branch: 'master', defaultBranch: 'main' },
  columns_added: { note: 'columns_added', columns: ['plan|x', '<b>'], by: 'key' },
  columns_gone: { note: 'columns_gone', columns: ['Contract'], by: 'position' },
  rows_added: { note: 'rows_added', rows: 1200 },
  rows_gone: { note: 'rows_gone', rows: 1 },
  rows_relabelled: { note: 'rows_relabelled', rows: 12 },
  targets_unknown: { note: 'targets_unknown' },
  unpaired: { note: 'unpaired', evidence: false },
  metrics_new: { note: 'metrics_new', metrics: ['f1'], recomputed: false },
  models_new: { note: 'models_new', models: ['gradient_boosting'] },
  models_gone: { note: 'models_gone', models: ['dummy'] },
  models_renamed: { note: 'models_renamed', gone: ['dummy'], added: ['logistic_regression'] },
};

const without = { baseline: null, drop: null, standardError: null, pValue: null, adjustedPValue: null } as const;
const isFirst = (reason: string) => /^no_run|only_|_changed|no_commit/.test(reason);

function reportWithout(why: NoBaseline, place: Report['place'] = 'pull_request'): Report {
  const first = isFirst(why.reason);
  const limit = aGate({
    outcome: first ? 'pass' : 'inconclusive',
    reason: first ? 'first_run' : 'no_trusted_baseline',
    smallestDrop: null,
    pairing: null,
    ...without,
  });
  const model = aModel({
    baselineRun: null,
    changedParams: [],
    metrics: aModel().metrics.map((metric) => ({ ...metric, baseline: null, delta: null, trend: [] })),
  });
  return aReport({
    place,
    verdict: aVerdict({ outcome: first ? 'pass' : 'inconclusive', evaluationSets: [], gates: [limit, aFloor()] }),
    datasets: [aDataset({ baseline: { kind: 'none', why }, baselineData: null, models: [model] })],
  });
}

const reports: Record<string, Report> = {
  ...Object.fromEntries(Object.entries(reasons).map(([name, why]) => [name, reportWithout(why)])),
  ...Object.fromEntries(
    Object.entries(notes).map(([name, note]) => [name, aReport({ datasets: [aDataset({ notes: [note] })] })]),
  ),
  new_model_and_metric: aReport({
    verdict: aVerdict({
      gates: [
        aGate({ model: 'dummy', reason: 'new_model', smallestDrop: null, ...without }),
        aGate({ metric: 'f1', reason: 'new_metric', smallestDrop: null, ...without }),
      ],
    }),
  }),
};

/** What a sentence says besides, by what its reason or note holds. */
const otherReasons: readonly NoBaseline[] = [
  { ...reasons.shallow, commits: 0 },
  { ...reasons.not_recorded, commits: 1 },
  { ...reasons.not_recorded, commits: 0, from: null },
  { ...reasons.unverified, expired: false, detail: 'it needs `permissions: actions: read`' },
];
const otherNotes: readonly BaselineNote[] = [
  { ...notes.columns_added, by: 'unpaired' },
  { ...notes.columns_gone, by: 'unpaired' },
  { ...notes.columns_gone, by: 'key' },
  { ...notes.unpaired, evidence: true },
  { ...notes.metrics_new, recomputed: true },
  { ...notes.columns_added, columns: Array.from('abcdefghijk') },
];

describe('what the report says of a baseline', () => {
  it.each(Object.entries(reports))('%s: is the golden file', async (name, report) => {
    await expect(renderMarkdown(report)).toMatchFileSnapshot(`golden/baseline/${name}.md`);
  });

  it('has no golden file of what is no longer said', () => {
    const expected = [...Object.keys(reports).map((name) => `${name}.md`), 'sentences.txt'];
    expect(readdirSync(new URL('golden/baseline', import.meta.url)).sort()).toEqual(expected.sort());
  });

  it('is in a terminal what the golden file lists', async () => {
    const asIs = (text: string) => text;
    const lines = [
      ...[...Object.values(reasons), ...otherReasons].map(
        (why) => `${why.reason}: ${noBaselineSentence(why, asIs)}; ${noBaselineRemedy(why, 'laptop')}`,
      ),
      ...[...Object.values(notes), ...otherNotes].map((note) => `${note.note}: ${noteSentence(note, asIs)}`),
    ];
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('golden/baseline/sentences.txt');
    const shown = Object.values(reports)
      .map((report) => renderTerminal(report))
      .join('\n');
    for (const why of Object.values(reasons)) {
      expect(shown).toContain(`no baseline: ${noBaselineSentence(why, asIs).replaceAll('`', '')}`);
    }
    for (const note of Object.values(notes)) expect(shown).toContain(noteSentence(note, asIs).replaceAll('`', ''));
  });

  it('lets no foreign text become a mention or HTML', () => {
    const text = Object.values(reports)
      .map((report) => renderMarkdown(report))
      .join('\n');
    expect(text.replace(/(`+)[^\n]*?\1/g, '')).not.toMatch(/<script|<b>|@/);
  });

  it('shows why there is no baseline outside of what is folded', () => {
    for (const why of Object.values(reasons)) {
      const [shown] = renderMarkdown(reportWithout(why)).split('<details>');
      expect(shown).toContain('`churn` has no baseline: ');
    }
  });

  const places: Report['place'][] = ['pull_request', 'merge_group', 'default_branch', 'branch', 'laptop'];
  it.each(places)('says what to do on a %s, for every reason', (place) => {
    for (const why of Object.values(reasons)) expect(noBaselineRemedy(why, place)).toMatch(/^[a-z`].{15,}[^.]$/);
  });
  it('sends nobody to a command line who waits for a workflow', () => {
    expect(noBaselineRemedy(reasons.no_run, 'pull_request')).toBe('run the workflow on the default branch once');
    expect(noBaselineRemedy(reasons.no_run, 'laptop')).toContain('mlops train');
    expect(noBaselineRemedy(reasons.shallow, 'laptop')).toContain('git fetch --unshallow');
  });
});

describe('baselineSentence', () => {
  const found: Exclude<BaselineReport, { kind: 'none' }> = {
    kind: 'merge_base',
    sha,
    commitsBehind: 0,
    sharedRows: 1,
    pairing: 'key',
    provenance: 'trusted',
  };
  const believed = 'trusted: recorded by the default branch’s own workflow';
  it.each([
    [{}, '(the merge base), 100 % of its rows shared, paired by key'],
    [{ commitsBehind: 3 }, '(3 commits before the merge base, the nearest with a run)'],
    [{ kind: 'parent' }, '(the commit before this one)'],
    [{ kind: 'parent', commitsBehind: 1 }, '(2 commits before this one, the nearest with a run)'],
    [{ kind: 'head' }, '(the commit under these changes)'],
    [{ kind: 'head', commitsBehind: 1 }, '(1 commit before the commit under these changes, the nearest with a run)'],
    [{ kind: 'named' }, '(the commit asked for)'],
    [{ kind: 'named', commitsBehind: 2 }, '(2 commits before the commit asked for, the nearest with a run)'],
    [{ kind: 'champion' }, '(the champion, since no commit on the way back has a run)'],
    [{ sharedRows: 0.934, pairing: 'position' }, '93 % of its rows shared, paired by position'],
    [{ sharedRows: null, pairing: 'unpaired' }, 'rows could not be paired'],
    [{ provenance: 'local' }, 'from this machine, vouched for by nobody'],
    [{}, believed],
  ] as const)('with %o: %s', (changes, text) => {
    const sentence = baselineSentence({ ...found, ...changes });
    expect(sentence).toContain('baseline `b7e23ec` (');
    expect(sentence).toContain(text);
  });
});
