import { describe, expect, it } from 'vitest';
import type { BaselineNote } from '../comparison/baseline-note.ts';
import type { NoBaseline } from '../comparison/no-baseline.ts';
import { baselineSentence, noBaselineRemedy, noBaselineSentence } from './baseline-sentences.ts';
import type { Sentence } from './fragments.ts';
import { renderMarkdown } from './markdown.ts';
import { noteSentence } from './note-sentences.ts';
import { aDataset, aReport, aReportWithout } from './report.fixture.ts';
import { type BaselineReport, reportSchema } from './report-schema.ts';
import { renderTerminal } from './terminal.ts';
import { toMarkdown } from './to-markdown.ts';
import { toTerminal } from './to-terminal.ts';

const sha = 'b7e23ec'.padEnd(40, '0');
const detail = 'the artifact of workflow run 17, attempt 1, has expired <script> @team';

/** Every reason, so that none can be without a sentence. */
const reasons: { readonly [Reason in NoBaseline['reason']]: NoBaseline & { readonly reason: Reason } } = {
  no_run: { reason: 'no_run' },
  only_uncommitted: { reason: 'only_uncommitted' },
  target_changed: { reason: 'target_changed', before: 'Churn`x', after: 'Churned' },
  task_changed: { reason: 'task_changed', before: 'regression', after: 'classification' },
  split_changed: {
    reason: 'split_changed',
    before: { folds: 5, group: 'customer', time: null, gap: 0 },
    after: { folds: 6, group: null, time: 'day|x', gap: 7 },
  },
  no_commit: { reason: 'no_commit' },
  unrelated: { reason: 'unrelated' },
  shallow: { reason: 'shallow', commits: 3 },
  not_recorded: { reason: 'not_recorded', commits: 12, from: sha },
  key_scheme_changed: { reason: 'key_scheme_changed', before: 1, after: 2 },
  no_permission: { reason: 'no_permission', sha, detail: 'GitHub answered 403' },
  no_artifacts: { reason: 'no_artifacts', sha, server: 'github.example.org' },
  artifact_gone: { reason: 'artifact_gone', sha, detail },
  artifact_damaged: { reason: 'artifact_damaged', sha, detail: 'workflow run 7: its digest differs <b> @team' },
  run_deleted: { reason: 'run_deleted', sha, detail: 'workflow run 7 no longer exists on GitHub' },
};

const notes: { readonly [Note in BaselineNote['note']]: BaselineNote & { readonly note: Note } } = {
  unverified_passed_over: { note: 'unverified_passed_over', sha, detail },
  record_altered: { note: 'record_altered', run: '20261124-073812-churn-random_forest-0badc0de' },
  runs_pooled: { note: 'runs_pooled', model: 'random_forest', runs: 3 },
  runs_not_pooled: { note: 'runs_not_pooled', model: 'dummy', run: '20261124-073812-churn-dummy-0badc0de', others: 1 },
  other_engine: { note: 'other_engine', before: 1, after: 2 },
  few_rows_passed_over: { note: 'few_rows_passed_over', sha, shared: 0.41 },
  champion_unknown: { note: 'champion_unknown', name: 'v`1' },
  other_branch: { note: 'other_branch', branch: 'master', defaultBranch: 'main' },
  columns_added: { note: 'columns_added', columns: ['plan|x', '<b>'], by: 'key' },
  columns_gone: { note: 'columns_gone', columns: ['Contract'], by: 'position' },
  rows_added: { note: 'rows_added', rows: 1200 },
  rows_gone: { note: 'rows_gone', rows: 12 },
  rows_relabelled: { note: 'rows_relabelled', rows: 12 },
  targets_unknown: { note: 'targets_unknown' },
  unpaired: { note: 'unpaired', evidence: false },
  metrics_new: { note: 'metrics_new', metrics: ['f1'], recomputed: false },
  models_new: { note: 'models_new', models: ['gradient_boosting'] },
  models_gone: { note: 'models_gone', models: ['dummy'] },
  models_renamed: { note: 'models_renamed', gone: ['dummy'], added: ['logistic_regression'] },
};

/** What a sentence says besides, by what its reason or note holds. */
const otherReasons: readonly NoBaseline[] = [
  { ...reasons.shallow, commits: 0 },
  { ...reasons.not_recorded, commits: 1 },
  { ...reasons.not_recorded, commits: 0, from: null },
];
const otherNotes: readonly BaselineNote[] = [
  { ...notes.columns_added, by: 'unpaired' },
  { ...notes.columns_gone, by: 'unpaired' },
  { ...notes.columns_gone, by: 'key' },
  { ...notes.rows_gone, rows: 1 },
  { ...notes.rows_relabelled, rows: 1 },
  { ...notes.unpaired, evidence: true },
  { ...notes.metrics_new, recomputed: true },
  { ...notes.columns_added, columns: Array.from('abcdefghijk') },
];

const found: Exclude<BaselineReport, { kind: 'none' }> = {
  kind: 'merge_base',
  sha,
  commitsBehind: 0,
  sharedRows: 1,
  pairing: 'key',
  provenance: 'verified',
};
const baselines: readonly (typeof found)[] = [
  found,
  { ...found, commitsBehind: 3 },
  { ...found, kind: 'parent' },
  { ...found, kind: 'parent', commitsBehind: 1 },
  { ...found, kind: 'head' },
  { ...found, kind: 'head', commitsBehind: 1 },
  { ...found, kind: 'named' },
  { ...found, kind: 'named', commitsBehind: 2 },
  { ...found, kind: 'champion' },
  { ...found, sharedRows: 0.934, pairing: 'position' },
  { ...found, sharedRows: null, pairing: 'unpaired' },
  { ...found, provenance: 'local' },
];

const whole = {
  'split-changed': aReportWithout(reasons.split_changed, 'default_branch'),
  shallow: aReportWithout(reasons.shallow, 'laptop'),
  unverified: aReportWithout(reasons.artifact_gone),
  notes: aReport({ datasets: [aDataset({ baseline: { ...found, kind: 'champion' }, notes: Object.values(notes) })] }),
};

describe('what the report says of a baseline', () => {
  it('is what the golden file lists', async () => {
    const sections: [string, readonly (readonly [string, Sentence])[]][] = [
      ['found', baselines.map((baseline) => [baseline.kind, baselineSentence(baseline)])],
      ['none', [...Object.values(reasons), ...otherReasons].map((why) => [why.reason, noBaselineSentence(why)])],
      ['what to do', Object.values(reasons).map((why) => [why.reason, noBaselineRemedy(why, 'laptop')])],
      ['notes', [...Object.values(notes), ...otherNotes].map((note) => [note.note, noteSentence(note)])],
    ];
    const text = sections.map(([title, lines]) =>
      [`${title}:`, ...lines.map(([name, sentence]) => `  ${name}: ${toMarkdown(sentence)}`)].join('\n'),
    );
    await expect(`${text.join('\n\n')}\n`).toMatchFileSnapshot('golden/baseline-sentences.txt');
  });

  it.each(Object.entries(whole))('%s: is in a report what the golden file shows', async (name, report) => {
    await expect(renderMarkdown(report)).toMatchFileSnapshot(`golden/baseline-${name}.md`);
  });

  it('stands in the terminal too', () => {
    for (const why of Object.values(reasons)) {
      const shown = renderTerminal(aReportWithout(why));
      expect(shown).toContain(
        `no baseline: ${toTerminal([...noBaselineSentence(why), { kind: 'text', text: '; ' }, ...noBaselineRemedy(why, 'pull_request')])}`,
      );
    }
    const shown = renderTerminal(whole.notes);
    for (const note of Object.values(notes)) expect(shown).toContain(toTerminal(noteSentence(note)));
  });

  it('is not folded when there is none', () => {
    for (const why of Object.values(reasons)) {
      const [shown] = renderMarkdown(aReportWithout(why)).split('<details>');
      expect(shown).toContain('`churn` has no baseline: ');
    }
  });

  it.each(reportSchema.shape.place.options)('says what to do on a %s, for every reason', (place) => {
    for (const why of Object.values(reasons))
      expect(toMarkdown(noBaselineRemedy(why, place))).toMatch(/^[a-zG`].{15,}[^.]$/);
  });

  it('sends nobody to a command line who waits for a workflow', () => {
    const remedy = (why: NoBaseline, place: 'pull_request' | 'laptop') => toMarkdown(noBaselineRemedy(why, place));
    expect(remedy(reasons.no_run, 'pull_request')).toBe('run the workflow on the default branch once');
    expect(remedy(reasons.no_run, 'laptop')).toContain('`mlops train`');
    expect(remedy(reasons.shallow, 'laptop')).toContain('`git fetch --unshallow`');
  });
});
