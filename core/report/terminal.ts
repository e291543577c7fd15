import Table from 'cli-table3';
import { baselineSentence, noBaselineRemedy, noBaselineSentence, noteSentence } from './baseline-sentences.ts';
import { number, signed } from './numbers.ts';
import type { Report } from './report.ts';
import { evaluationSetSentence, gateSentence, headline, MARKS, markOf, missingSentence } from './sentences.ts';
import { measuredNote } from './tables.ts';

/** The report for a terminal: one table of models, then the gates, then the verdict, which scrolls away last. */
export function renderTerminal(report: Report): string {
  const { datasets, verdict, warnings, place } = report;
  const lines: string[] = [];
  for (const { dataset, models, selectedModel, baseline, notes, primaryMetric } of datasets) {
    const metrics = models[0]?.metrics.map(({ metric }) => metric) ?? [];
    const table = new Table({
      head: ['model', ...metrics.map((metric) => (metric === primaryMetric ? `${metric} *` : metric)), 'fit'],
      style: { head: [], border: [], compact: true },
      colAligns: ['left', ...metrics.map(() => 'right' as const), 'right'],
    });
    for (const { model, metrics: values, fitSeconds, measuredOn } of models) {
      table.push([
        model + measuredNote(measuredOn) + (model === selectedModel ? ' ◂' : ''),
        ...values.map(
          ({ outOfFold, delta }) => number(outOfFold.value) + (delta === null ? '' : ` (${signed(delta)})`),
        ),
        `${fitSeconds.toFixed(1)} s`,
      ]);
    }
    const compared =
      baseline.kind === 'none'
        ? `no baseline: ${noBaselineSentence(baseline.why, asIs)}; ${noBaselineRemedy(baseline.why, place)}`
        : baselineSentence(baseline);
    lines.push(`${dataset}, out of fold; ${plain(compared)}`, table.toString());
    lines.push(...notes.map((note) => `  ${plain(noteSentence(note, asIs))}`), '');
  }
  for (const each of verdict?.missing ?? []) lines.push(`${MARKS.fail} missing: ${plain(missingSentence(each))}`);
  for (const evaluationSet of verdict?.evaluationSets ?? [])
    if (evaluationSet.outcome === 'fail')
      lines.push(`${markOf(evaluationSet)} ${plain(evaluationSetSentence(evaluationSet))}`);
  for (const gate of verdict?.gates ?? []) lines.push(`${markOf(gate)} ${plain(gateSentence(gate))}`);
  for (const warning of warnings) lines.push(`warning: ${warning}`);
  lines.push('', plain(headline(report)));
  return `${lines.join('\n').trim()}\n`;
}

const asIs = (text: string) => text;

/** Sentences are written with Markdown code spans; a terminal needs no protection from them. */
function plain(markdown: string): string {
  const unquoted = markdown.replaceAll('`', '');
  return unquoted.replace(/&#(\d+);/g, (entity, point) =>
    Number(point) < 32 ? entity : String.fromCodePoint(Number(point)),
  );
}
