import type { DatasetDrift } from '../drift/drift-result.ts';
import { DRIFT_HEADER, driftRows } from './drift-columns.ts';
import { driftHeadline, driftTables, movedSentences, notJudgedSentences, qualitySentences } from './drift-sentences.ts';
import { fitToBudget, type Section } from './fit-to-budget.ts';
import { type Sentence, sentence, text } from './fragments.ts';
import { SUMMARY_BYTES } from './markdown.ts';
import { bullets, fold, markdown, stack, table } from './markdown-blocks.ts';
import { plural } from './numbers.ts';
import { type Markdown, toMarkdown } from './to-markdown.ts';

/** Lines of a list that is never folded. */
const LONGEST_LIST = 40;

/** What drifted, as Markdown: a sentence for each dataset, one for each column that moved, then the table of columns. */
export function renderDriftMarkdown(datasets: readonly DatasetDrift[]): Markdown {
  return fitToBudget(datasets.flatMap(datasetSections), SUMMARY_BYTES);
}

function datasetSections(each: DatasetDrift, i: number): Section[] {
  const { drift } = each;
  const instead = toMarkdown(sentence`Left out for length.`);
  const head: Section[] = [
    { priority: 0, text: markdown`### ${driftHeadline(each)}` },
    { priority: 0, text: toMarkdown(driftTables(each)) },
  ];
  if (!drift) return head;
  return [
    ...head,
    { priority: 1, text: list(movedSentences(drift)), instead },
    { priority: 2, text: titled('Data quality', qualitySentences(drift)) },
    { priority: 10 + i, text: columnTable(each), instead },
  ];
}

function list(sentences: readonly Sentence[]): Markdown {
  return bullets(sentences.slice(0, LONGEST_LIST));
}

function titled(title: string, sentences: readonly Sentence[]): Markdown {
  return sentences.length === 0 ? toMarkdown([]) : markdown`${[text(title)]}:\n\n${list(sentences)}`;
}

function columnTable({ drift }: DatasetDrift): Markdown {
  const rows = driftRows(drift!);
  const left = notJudgedSentences(drift!);
  const parts = [
    table([DRIFT_HEADER.map((name) => [text(name)]), ...rows], ['l', 'r', 'r', 'l', 'r', 'r', 'l']),
    ...(left.length > 0 ? [bullets(left)] : []),
  ];
  return fold(
    sentence`Columns: ${plural(rows.length, 'compared', 'compared')}, ${String(left.length)} not judged`,
    stack(parts, '\n\n'),
  );
}
