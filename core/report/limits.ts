import type { DatasetNoise, LimitNoise } from '../comparison/limit-noise.ts';
import { count, multiple, number, plural } from './numbers.ts';
import { printable } from './printable.ts';
import { terminalTable } from './terminal-table.ts';

/** For a terminal: a table for each dataset, then what to do. */
export function renderLimits(datasets: readonly DatasetNoise[]): string {
  return `${datasets
    .flatMap((each) => [...datasetLines(each), ''])
    .join('\n')
    .trim()}\n`;
}

function datasetLines({ dataset, model, rows, repeats, gates }: DatasetNoise): string[] {
  if (gates.length === 0) {
    return [
      printable(`${dataset}: ${model ?? 'its model'} gives no predictions row by row, so its noise cannot be measured`),
    ];
  }
  const table = terminalTable(
    ['metric', 'value', 'seed noise', 'row noise', 'caught 9 in 10 now', 'max_drop', 'proposed', 'then caught'],
    gates.map((gate) => [
      gate.metric,
      number(gate.value),
      number(gate.seedError),
      number(gate.rowError),
      number(gate.smallestDrop),
      gate.written === null ? '—' : String(gate.written),
      proposal(gate),
      number(gate.smallestAtProposed),
    ]),
  );
  const fits = repeats > 1 ? `trained ${repeats} times per fold` : 'without randomness';
  return [
    printable(`${dataset}, ${model}, ${fits}, on ${plural(rows, 'row')}`),
    table,
    ...gates.filter(({ isLimited }) => isLimited).map((gate) => advice(gate, { rows, repeats })),
  ];
}

function proposal({ proposed, isLimited }: LimitNoise): string {
  if (proposed === null) return '—';
  return isLimited ? String(proposed) : `(${proposed})`;
}

function advice(
  { metric, sameAgain, halvedBy, standardError, proposed }: LimitNoise,
  { rows, repeats }: { rows: number; repeats: number },
): string {
  const again =
    sameAgain === null || sameAgain.standardError === null || sameAgain.standardError === 0
      ? 'training again gives the same value'
      : `with another seed it moved by ${number(Math.abs(sameAgain.drop))} (${multiple(Math.abs(sameAgain.drop) / sameAgain.standardError)} standard errors)`;
  if (standardError === 0) return `${metric}: ${again}; a small change moved nothing either, so any drop is caught`;
  const more = `${count(halvedBy.rows * rows)} rows`;
  const seeds =
    halvedBy.repeats === null
      ? ''
      : `, or split.repeats: ${halvedBy.repeats} (${multiple(halvedBy.repeats / repeats)} times the training)`;
  const none = proposed === null ? '; no limit is proposed, since no drop can be proved with so few rows' : '';
  return `${metric}: ${again}${none}; to catch drops half as large: ${more}${seeds}`;
}
