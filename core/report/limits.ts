import { count, number, plural } from './numbers.ts';
import { printable } from './printable.ts';
import { terminalTable } from './terminal-table.ts';

/** How noisy one metric of the model that gates judge is, in the metric's unit. */
export interface GateNoise {
  readonly metric: string;
  readonly value: number | null;
  /** The same model trained again with another seed; both 0 where nothing is random. */
  readonly sameAgain: { readonly drop: number; readonly standardError: number | null } | null;
  /** Of the mean over repeats, from the fit's own randomness. */
  readonly seedError: number;
  /** Of the paired rows, after a small change, without what seeds add. */
  readonly rowError: number;
  /** Of both together. */
  readonly standardError: number;
  /** The smallest true drop that is caught nine times in ten, with the limit as it is written (or 0). */
  readonly smallestDrop: number;
  /** `max_drop` in `mlops.yml`; null where there is none. */
  readonly written: number | string | null;
  /** Whether a limit is proposed for it: the primary metric, and those that have one. */
  readonly isLimited: boolean;
  readonly proposed: number;
  readonly smallestAtProposed: number;
  readonly halvedBy: { readonly rows: number; readonly repeats: number | null };
}

/** The noise of one dataset. No gates: the model gives no predictions row by row. */
export interface DatasetNoise {
  readonly dataset: string;
  readonly model: string | null;
  readonly rows: number;
  readonly repeats: number;
  readonly gates: readonly GateNoise[];
}

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
      printable(`${dataset}: ${model ?? 'no model'} gives no predictions row by row, so its noise cannot be measured`),
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
      gate.isLimited ? String(gate.proposed) : `(${gate.proposed})`,
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

function advice(
  { metric, sameAgain, halvedBy, standardError }: GateNoise,
  { rows, repeats }: { rows: number; repeats: number },
): string {
  const again =
    sameAgain === null || sameAgain.standardError === null || sameAgain.standardError === 0
      ? 'trained again it is the same'
      : `with another seed it moved by ${number(Math.abs(sameAgain.drop))} (${number(Math.abs(sameAgain.drop) / sameAgain.standardError)} standard errors)`;
  if (standardError === 0) return `${metric}: ${again}; a small change moved nothing either, so any drop is caught`;
  const more = `${count(halvedBy.rows * rows)} rows`;
  const seeds =
    halvedBy.repeats === null
      ? ''
      : `, or split.repeats: ${halvedBy.repeats} (${number(halvedBy.repeats / repeats)} times the training)`;
  return `${metric}: ${again}; to catch drops half as large: ${more}${seeds}`;
}
