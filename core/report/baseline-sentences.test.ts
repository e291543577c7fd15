import { describe, expect, it } from 'vitest';
import type { BaselineNote } from '../comparison/baseline-note.ts';
import type { NoBaseline } from '../comparison/no-baseline.ts';
import type { RemadeWhy } from '../comparison/remade.ts';
import { everyNote as notes, everyObstacle as obstacles, everyReason as reasons, sha } from './baseline.fixture.ts';
import { baselineSentence, noBaselineRemedy, noBaselineSentence, remedyOfNone, whyNone } from './baseline-sentences.ts';
import type { Sentence } from './fragments.ts';
import { renderMarkdown } from './markdown.ts';
import { noteSentence } from './note-sentences.ts';
import { aDataset, aReport, aReportWithout } from './report.fixture.ts';
import { type BaselineReport, reportSchema } from './report-schema.ts';
import { renderTerminal } from './terminal.ts';
import { toMarkdown } from './to-markdown.ts';
import { toTerminal } from './to-terminal.ts';

/** What a sentence says besides, by what its reason or note holds. */
const otherReasons: readonly NoBaseline[] = [
  { ...reasons.no_run, place: 'folder `a`/.mlops <b>' },
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
  kind: 'base',
  sha,
  commitsBehind: 0,
  sameInputs: false,
  sharedRows: 1,
  pairing: 'key',
  provenance: 'verified',
  branch: 'main',
};
const baselines: readonly (typeof found)[] = [
  found,
  { ...found, commitsBehind: 3 },
  { ...found, commitsBehind: 3, sameInputs: true },
  { ...found, kind: 'parent' },
  { ...found, kind: 'parent', commitsBehind: 1 },
  { ...found, kind: 'head' },
  { ...found, kind: 'head', commitsBehind: 1 },
  { ...found, kind: 'named' },
  { ...found, kind: 'named', commitsBehind: 2 },
  { ...found, kind: 'champion' },
  { ...found, sharedRows: 0.934, pairing: 'position' },
  { ...found, sharedRows: null, pairing: 'unpaired' },
  { ...found, provenance: 'local', branch: null },
  { ...found, branch: null },
  { ...found, branch: 'release/`1' },
];

const remade = (why: RemadeWhy, seconds: number | null = 6.04): typeof found => ({
  ...found,
  provenance: 'remade',
  remade: { seconds, why },
});
const remades = [
  ...[0.4, 38.2, 725].map((seconds) => remade(reasons.run_deleted, seconds)),
  remade(reasons.no_run, null),
  remade({ reason: 'asked_for' }),
  remade({ reason: 'other_engine', before: 1, after: 2 }),
  remade({ reason: 'older_run', sha }),
];
const without = Object.values(obstacles).map(
  (notRemade) => ({ kind: 'none', why: reasons.run_deleted, notRemade }) as const,
);

const whole = {
  'split-changed': aReportWithout(reasons.split_changed, 'tracked_branch'),
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
      ['re-made', remades.map((baseline) => [baseline.remade!.why.reason, baselineSentence(baseline)])],
      ['not re-made', without.map((none) => [none.notRemade.obstacle, whyNone(none)])],
      [
        'what to do about that',
        without.map((none) => [
          none.notRemade.obstacle,
          remedyOfNone(none, { dataset: 'churn', place: 'pull_request' }),
        ]),
      ],
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
