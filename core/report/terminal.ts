import type { DatasetDrift } from '../drift/drift-result.ts';
import { baselineSentence, remedyOfNone, remedyPlace, whyNone } from './baseline-sentences.ts';
import { ruleChanges } from './changes.ts';
import { driftHeadline, movedSentences } from './drift-sentences.ts';
import { prose, sentence } from './fragments.ts';
import { headline } from './headline.ts';
import { noteSentence } from './note-sentences.ts';
import { number, plural, signed } from './numbers.ts';
import type { DatasetReport, Report } from './report-schema.ts';
import { measuredNote } from './tables.ts';
import { terminalTable } from './terminal-table.ts';
import { toTerminal } from './to-terminal.ts';
import { studiesToTerminal } from './tuning.ts';
import { verdictSentences } from './verdict-sentences.ts';

/** Drifted columns that are told. */
const MOST_MOVED = 10;

/** The report for a terminal: tables of models, then the gates, then the verdict, which stays in sight. */
export function renderTerminal(report: Report): string {
  const lines = [
    ...report.datasets.flatMap((dataset) => [...datasetLines(dataset, remedyPlace(report)), '']),
    ...(report.studies && report.studies.length > 0 ? [studiesToTerminal(report.studies)] : []),
    ...(report.drift ?? []).flatMap(driftLines),
    ...ruleChanges(report).map(toTerminal),
    ...(report.verdict ? verdictSentences(report.verdict) : []).map(toTerminal),
    ...report.warnings.map((warning) => toTerminal(sentence`warning: ${prose(warning)}`)),
    '',
    toTerminal(headline(report)),
  ];
  return `${lines.join('\n').trim()}\n`;
}

/** The columns that drifted, as sentences: `mlops drift` shows their table. */
function driftLines(each: DatasetDrift): string[] {
  const moved = each.drift ? movedSentences(each.drift).slice(0, MOST_MOVED) : [];
  return [
    toTerminal(driftHeadline(each)),
    ...moved.map((line) => `  ${toTerminal(line)}`),
    ...(each.drift && each.drift.moved.length > moved.length
      ? [`  and ${plural(each.drift.moved.length - moved.length, 'more column')}`]
      : []),
    '',
  ];
}

function datasetLines(dataset: DatasetReport, place: Report['place']): string[] {
  const { baseline, notes } = dataset;
  const compared =
    baseline.kind === 'none'
      ? sentence`no baseline: ${whyNone(baseline)}; ${remedyOfNone(baseline, { dataset: dataset.dataset, place })}`
      : baselineSentence(baseline);
  return [
    toTerminal(sentence`${dataset.dataset}, out of fold; ${compared}`),
    modelTable(dataset),
    ...notes.map((note) => `  ${toTerminal(noteSentence(note))}`),
  ];
}

function modelTable({ models, selectedModel, primaryMetric }: DatasetReport): string {
  const metrics = models[0]?.metrics.map(({ metric }) => metric) ?? [];
  return terminalTable(
    ['model', ...metrics.map((metric) => (metric === primaryMetric ? `${metric} *` : metric)), 'fit'],
    models.map(({ model, metrics: values, fitSeconds, measuredOn }) => [
      model + measuredNote(measuredOn) + (model === selectedModel ? ' ◂' : ''),
      ...values.map(({ outOfFold, delta }) => number(outOfFold.value) + (delta === null ? '' : ` (${signed(delta)})`)),
      `${fitSeconds.toFixed(1)} s`,
    ]),
  );
}
