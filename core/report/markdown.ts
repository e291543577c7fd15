import type { Verdict } from '../comparison/verdict.ts';
import { baselineSentence, noBaselineRemedy, noBaselineSentence, noteSentence } from './baseline-sentences.ts';
import { whatChanged } from './changes.ts';
import { code, prose } from './escape.ts';
import { fitToBudget, type Section } from './fit-to-budget.ts';
import { number, plural } from './numbers.ts';
import type { DatasetReport, Report } from './report.ts';
import {
  evaluationSetSentence,
  gateSentence,
  headline,
  MARKS,
  markOf,
  missingSentence,
  sliceName,
} from './sentences.ts';
import { gateTable, metricTable, sliceTable } from './tables.ts';

/** Bytes that a comment or a check may have, with room to spare below GitHub's 65,536 characters. */
export const COMMENT_BYTES = 60_000;
/** Bytes of a job's summary: GitHub's limit is 1 MiB. */
export const SUMMARY_BYTES = 1_000_000;

/** The report as Markdown: the verdict first, then gates, what changed, everything else folded. */
export function renderMarkdown(report: Report, maxBytes: number = COMMENT_BYTES): string {
  const { datasets, verdict } = report;
  const left = report.runUrl
    ? `_Left out for length; it is in the [workflow run](${report.runUrl})._`
    : '_Left out for length._';
  const sections: Section[] = [
    { priority: 0, text: `### ${headline(report)}` },
    { priority: 0, text: summaryLine(report) },
    { priority: 0, text: verdict ? problems(verdict) : '' },
    { priority: 0, text: withoutBaseline(report) },
    { priority: 1, text: gateTable(report), instead: left },
    { priority: 2, text: warnings(report) },
    { priority: 3, text: whatChanged(report) },
    ...datasets.map((dataset, i) => ({ priority: 10 + i, text: modelsSection(dataset), instead: i === 0 ? left : '' })),
    { priority: 4, text: comparisonSection(report) },
    { priority: 0, text: footer(report) },
  ];
  return fitToBudget(sections, maxBytes);
}

function summaryLine({ verdict, datasets }: Report): string {
  if (!verdict) return '';
  const counts = (['pass', 'fail', 'inconclusive'] as const).map((outcome) => {
    const n = verdict.gates.filter((gate) => gate.outcome === outcome && !gate.accepted).length;
    return n > 0 ? `${n} ${outcome}` : '';
  });
  const nAccepted = verdict.gates.filter(({ accepted }) => accepted).length;
  if (nAccepted > 0) counts.push(`${nAccepted} accepted`);
  const gates = [`${plural(verdict.gates.length, 'gate')}`, ...counts.filter((part) => part !== '')].join(' · ');
  const nModels = datasets.reduce((sum, { models }) => sum + models.length, 0);
  return `${gates} · ${plural(datasets.length, 'data set')} · ${plural(nModels, 'model')}`;
}

/** Everything that fails or is open, a line each, when there is more than the headline holds. */
function problems({ missing, evaluationSets, gates }: Verdict): string {
  const lines = [
    ...missing.map((each) => `- ${MARKS.fail} missing: ${missingSentence(each)}`),
    ...evaluationSets
      .filter(({ outcome }) => outcome === 'fail')
      .map(
        (evaluationSet) =>
          `- ${markOf(evaluationSet)} ${evaluationSetSentence(evaluationSet)}; more than 1 %, so this is another exam. If that is meant, set \`on_data_change: accept\` on the default branch`,
      ),
    ...gates.filter(({ outcome }) => outcome !== 'pass').map((gate) => `- ${markOf(gate)} ${gateSentence(gate)}`),
  ];
  return lines.length > 1 || missing.length > 0 || evaluationSets.some(({ outcome }) => outcome === 'fail')
    ? lines.slice(0, 40).join('\n')
    : '';
}

function warnings({ warnings: list }: Report): string {
  return list.map((warning) => `> ⚠️ ${prose(warning)}`).join('\n>\n');
}

function modelsSection(dataset: DatasetReport): string {
  if (dataset.models.length === 0) return '';
  const { cv, repeats } = dataset.models.find(({ model }) => model === dataset.selectedModel) ?? dataset.models[0]!;
  const title = `${code(dataset.dataset)}: ${plural(dataset.models.length, 'model')} on ${plural(dataset.data?.rows ?? 0, 'row')}, target ${code(dataset.target)}`;
  const spread = `${dataset.primaryMetric} of the selected model over folds: ${number(cv.mean)} ± ${number(cv.sd)} (mean and standard deviation, ${plural(repeats, 'repeat')}).`;
  const slices =
    dataset.slices.length > 0
      ? `\n\nSlices, by ${code(dataset.selectedModel ?? 'none')}:\n\n${sliceTable(dataset)}`
      : '';
  return fold(title, `${metricTable(dataset)}\n\n${spread}${slices}`);
}

/** Why there is nothing to compare with, and what to do: in sight, since it decides what the verdict is worth. */
function withoutBaseline({ datasets, place }: Report): string {
  return datasets
    .flatMap(({ dataset, baseline }) =>
      baseline.kind === 'none'
        ? [
            `- ${code(dataset)} has no baseline: ${noBaselineSentence(baseline.why, prose)}; ${noBaselineRemedy(baseline.why, place)}`,
          ]
        : [],
    )
    .slice(0, 40)
    .join('\n');
}

function comparisonSection({ datasets, verdict }: Report): string {
  const lines = datasets.flatMap(({ dataset, baseline, notes }) => [
    ...(baseline.kind === 'none' ? [] : [`- ${code(dataset)}: ${baselineSentence(baseline)}`]),
    ...notes.map((note) => `- ${code(dataset)}: ${noteSentence(note, prose)}`),
  ]);
  const limits = (verdict?.gates ?? [])
    .filter(({ smallestDrop }) => smallestDrop !== null)
    .map(
      (gate) =>
        `- ${code(gate.dataset)} ${gate.metric}${gate.slice ? ` of ${sliceName(gate.slice)}` : ''}: a true change for the worse of ${number(gate.smallestDrop)} is caught nine times in ten (standard error ${number(gate.standardError)})`,
    );
  if (lines.length + limits.length === 0) return '';
  const method =
    'Judged on out-of-fold predictions of all rows, paired row by row; one-sided test at 1 %, corrected (Holm) for the number of limits; the noise of training seeds is part of the error.';
  return fold('How this was compared', [...lines, ...limits, '', limits.length > 0 ? method : ''].join('\n').trimEnd());
}

function fold(title: string, body: string): string {
  // Inside <summary> Markdown is not read, so code spans become HTML there.
  const html = title.replace(
    /`+ ?([^`]+?) ?`+/g,
    (_, text: string) => `<code>${text.replace(/[&<>]/g, (c) => `&#${c.codePointAt(0)};`)}</code>`,
  );
  return `<details><summary>${html}</summary>\n\n${body}\n\n</details>`;
}

function footer({ head, runUrl, version }: Report): string {
  const commit = head.sha
    ? `commit ${code(head.sha.slice(0, 7))}${head.dirty ? ' with uncommitted changes' : ''}`
    : 'no commit';
  const link = runUrl ? ` · [workflow run](${runUrl})` : '';
  return `<sub>${commit}${link} · mlops-action ${version}</sub>`;
}
