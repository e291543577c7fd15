import { baselineSentence, missingBaselines } from './baseline-sentences.ts';
import { changesIn } from './changes.ts';
import { driftSection } from './drift-section.ts';
import { fitToBudget, type Section } from './fit-to-budget.ts';
import { code, link, number, prose, type Sentence, sentence, text } from './fragments.ts';
import { headCommit } from './head-commit.ts';
import { headline } from './headline.ts';
import { howToAccept } from './how-to-accept.ts';
import { bullets, fold, markdown, stack } from './markdown-blocks.ts';
import { noteSentence } from './note-sentences.ts';
import { plural } from './numbers.ts';
import type { DatasetReport, Report } from './report-schema.ts';
import { smallestDrops } from './smallest-drops.ts';
import { summarySentence } from './summary-sentence.ts';
import { gateTable, metricTable, sliceTable } from './tables.ts';
import { type Markdown, toMarkdown } from './to-markdown.ts';
import { studySection } from './tuning.ts';
import { openSentences } from './verdict-sentences.ts';

/** Bytes that a comment or a check may have, with room to spare below GitHub's 65,536 characters. */
export const COMMENT_BYTES = 60_000;
/** Bytes of a job's summary: GitHub's limit is 1 MiB. */
export const SUMMARY_BYTES = 1_000_000;
/** Lines of a list that is never folded. */
const LONGEST_LIST = 40;
const NOTHING = toMarkdown([]);

/**
 * The report as Markdown: the verdict first, then gates, what changed, everything else folded.
 *
 * @param page where the HTML report can be opened.
 */
export function renderMarkdown(report: Report, maxBytes: number = COMMENT_BYTES, page?: string): Markdown {
  const { datasets, runUrl } = report;
  const left = runUrl ? sentence`Left out for length; see the ${workflowRun(runUrl)}.` : sentence`Left out for length.`;
  const instead = toMarkdown(left);
  const sections: Section[] = [
    { priority: 0, text: markdown`### ${headline(report)}` },
    { priority: 0, text: page === undefined ? NOTHING : toMarkdown([link(page, text('Open the report with charts'))]) },
    { priority: 0, text: toMarkdown(summarySentence(report)) },
    { priority: 1, text: list(openSentences(report)), instead },
    { priority: 1, text: howToAccept(report), instead },
    { priority: 2, text: list(missingBaselines(report)) },
    { priority: 3, text: gateTable(report), instead },
    { priority: 4, text: warnings(report) },
    { priority: 5, text: whatChanged(report) },
    ...datasets.map((dataset, i) => ({
      priority: 10 + i,
      text: modelsSection(dataset),
      ...(i === 0 && { instead }),
    })),
    ...(report.drift ?? []).map((each) => ({ priority: 7, text: driftSection(each) })),
    ...(report.studies ?? []).map((study) => ({ priority: 8, text: studySection(study) })),
    { priority: 6, text: comparisonSection(report) },
    { priority: 0, text: markdown`<sub>${footer(report)}</sub>` },
  ];
  return fitToBudget(sections, maxBytes);
}

function list(sentences: readonly Sentence[]): Markdown {
  return bullets(sentences.slice(0, LONGEST_LIST));
}

function warnings(report: Report): Markdown {
  return stack(
    report.warnings.map((warning) => markdown`> ⚠️ ${prose(warning)}`),
    '\n>\n',
  );
}

function whatChanged(report: Report): Markdown {
  const changes = changesIn(report);
  if (changes.length > 0) return markdown`**What changed**\n\n${bullets(changes)}`;
  return report.datasets.some(({ baseline }) => baseline.kind !== 'none')
    ? markdown`**What changed**: no parameter, no data and no file that is known here`
    : NOTHING;
}

function modelsSection(dataset: DatasetReport): Markdown {
  const { models, selectedModel, data, target, primaryMetric, slices } = dataset;
  const shown = models.find(({ model }) => model === selectedModel) ?? models[0];
  if (!shown) return NOTHING;
  const { cv, repeats, model } = shown;
  const rows = plural(data?.rows ?? 0, 'row');
  const title = sentence`${code(dataset.dataset)}: ${plural(models.length, 'model')} on ${rows}, target ${code(target)}`;
  const spread = sentence`Cross-validation of ${code(model)}: ${primaryMetric} ${number(cv.mean)} ± ${number(cv.sd)} (mean and standard deviation over folds, ${plural(repeats, 'repeat')}).`;
  const body = [metricTable(dataset), toMarkdown(spread)];
  if (slices.length > 0) body.push(toMarkdown(sentence`Slices, by ${code(model)}:`), sliceTable(dataset));
  return fold(title, stack(body, '\n\n'));
}

function comparisonSection(report: Report): Markdown {
  const about = report.datasets.flatMap(({ dataset, baseline, notes }) => [
    ...(baseline.kind === 'none' ? [] : [sentence`${code(dataset)}: ${baselineSentence(baseline)}`]),
    ...notes.map((note) => sentence`${code(dataset)}: ${noteSentence(note)}`),
  ]);
  const drops = smallestDrops(report);
  if (about.length + drops.length === 0) return NOTHING;
  const lines = bullets([...about, ...drops]);
  return fold([text('How this was compared')], drops.length > 0 ? markdown`${lines}\n\n${METHOD}` : lines);
}

export const METHOD = sentence`Judged on the out-of-fold predictions of all rows, paired row by row. Tests are one-sided at 1 %, corrected for the number of limits (Holm). The standard error includes the noise of training seeds.`;

function footer({ head, runUrl, version }: Report): Sentence {
  const commit = headCommit(head, runUrl);
  const run = runUrl ? sentence` · ${workflowRun(runUrl)}` : [];
  return sentence`${commit}${run} · mlops-action ${version}`;
}

function workflowRun(url: string) {
  return link(url, text('workflow run'));
}
