import type { DatasetDrift } from '../drift/drift-result.ts';
import { DRIFT_HEADER, driftRows } from './drift-columns.ts';
import { driftHeadline, driftTables, movedSentences, notJudgedSentences, qualitySentences } from './drift-sentences.ts';
import { terminalTable } from './terminal-table.ts';
import { toTerminal } from './to-terminal.ts';

/** What drifted, for a terminal: a table of columns for each dataset; the headlines last, where they stay in sight. */
export function renderDriftTerminal(datasets: readonly DatasetDrift[]): string {
  const lines = [
    ...datasets.flatMap((each) => [...datasetLines(each), '']),
    ...datasets.map((each) => toTerminal(driftHeadline(each))),
  ];
  return `${lines.join('\n').trim()}\n`;
}

function datasetLines(each: DatasetDrift): string[] {
  const { drift } = each;
  if (!drift) return [toTerminal(driftTables(each))];
  const rows = driftRows(drift);
  return [
    toTerminal(driftTables(each)),
    ...(rows.length > 0
      ? [
          terminalTable(
            DRIFT_HEADER,
            rows.map((row) => row.map(toTerminal)),
          ),
        ]
      : []),
    ...[...movedSentences(drift), ...qualitySentences(drift), ...notJudgedSentences(drift)].map(
      (sentence) => `  ${toTerminal(sentence)}`,
    ),
  ];
}
