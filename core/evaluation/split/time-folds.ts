import { type Split, type TimeOrder, UNTESTED } from '../../dataset/evaluation-set.ts';
import { DataError } from '../../errors/app-error.ts';
import { dateText } from '../../table/date.ts';
import { isMissing } from '../../table/table.ts';
import type { SplitInput } from './split.ts';

/** A baseline's cuts stay while no block has become so many times larger or smaller than it should be. */
const OUT_OF_SHAPE = 2;

/**
 * Forward blocks (`sklearn.model_selection.TimeSeriesSplit` with `gap`): rows in the order of time are cut into k + 1 blocks of
 * about equally many rows, never between equal times. The first is only learned from; each other block is a fold, the newest is
 * fold 0. Cut dates are kept from run to run, so that new rows lengthen fold 0 and move none.
 *
 * @throws DataError where the column is not a time, a row has none, there are too few distinct times, or the gap leaves a fold no row
 * to learn from.
 */
export function timeFolds({ file, table, plan, cuts: kept }: SplitInput): Split {
  const times = timesOf(table, plan.time!, file);
  const cuts = kept && stillFit(times, kept, plan.folds) ? kept : newCuts(times, plan.folds);
  if (cuts.length < plan.folds) {
    const distinct = new Set(times).size;
    throw new DataError({
      file,
      message:
        distinct <= plan.folds
          ? `\`split.time\` column "${plan.time}" has too few distinct times: ${plan.folds} folds need at least ${plan.folds + 1}`
          : `\`split.time\` column "${plan.time}" has the same time in too many rows for ${plan.folds} folds`,
      found: `${distinct} distinct times`,
      next: 'lower `split.folds`, or set `split.time` to a finer column',
    });
  }
  refuseWideGap(times, cuts, { file, table, plan });
  const folds = Uint8Array.from(times, (time) => {
    const passed = cuts.reduce((count, cut) => count + Number(cut <= time), 0);
    return passed === 0 ? UNTESTED : plan.folds - passed;
  });
  return { folds, clusters: ranksOf(times), time: { times, cuts, gap: plan.gap }, duplicates: null };
}

/** Whether a row may be learned from before the rows of a fold are predicted. */
export function isBefore({ times, cuts, gap }: TimeOrder, fold: number, row: number): boolean {
  return times[row]! < cuts[cuts.length - 1 - fold]! - gap;
}

/** The oldest fold learns from the fewest rows, so what it has, every fold has. */
function refuseWideGap(
  times: Float64Array,
  cuts: readonly number[],
  { file, table, plan }: Pick<SplitInput, 'file' | 'table' | 'plan'>,
): void {
  const isLearnedFrom = (time: number, fold: number) =>
    isBefore({ times: Float64Array.of(time), cuts, gap: plan.gap }, fold, 0);
  const oldest = plan.folds - 1;
  if (times.some((time) => isLearnedFrom(time, oldest))) return;
  const column = table.column(plan.time!);
  const isDate = column?.kind === 'numeric' && column.isDate === true;
  const shown = (time: number) => (isDate ? dateText(time) : String(time));
  const first = times.reduce((least, time) => Math.min(least, time), Number.POSITIVE_INFINITY);
  const left = Array.from({ length: plan.folds }, (_, fold) => fold).filter((fold) =>
    times.some((time) => isLearnedFrom(time, fold)),
  );
  throw new DataError({
    file,
    message: `\`split.gap: ${plan.gap}\` leaves fold ${oldest} no row to learn from`,
    found: `the fold begins at ${shown(cuts[0]!)} and the table at ${shown(first)}; folds with rows to learn from: ${left.join(', ') || 'none'}`,
    allowed: `a gap below ${cuts[0]! - first}${isDate ? ' days' : ''}`,
    next: 'lower `split.gap` or `split.folds`, or add older rows',
  });
}

function timesOf(table: SplitInput['table'], name: string, file: string): Float64Array {
  const column = table.column(name)!;
  if (column.kind !== 'numeric') {
    throw new DataError({
      file,
      message: `\`split.time\` column "${name}" contains text`,
      allowed: 'dates such as 2026-01-31, or numbers',
      next: `correct the values, or declare the column: columns: { ${name}: date }`,
    });
  }
  for (let row = 0; row < table.nRows; row++) {
    if (!isMissing(column, row)) continue;
    throw new DataError({
      file,
      place: `data row ${row + 1}`,
      message: `\`split.time\` column "${name}" is empty in this row`,
      next: 'fill it in, or set `split.time` to another column',
    });
  }
  return column.values;
}

/** The beginnings of k of k + 1 equal blocks; fewer where times are too few. */
function newCuts(times: Float64Array, k: number): number[] {
  const sorted = times.slice().sort();
  const cuts = Array.from({ length: k }, (_, i) => sorted[Math.round(((i + 1) * sorted.length) / (k + 1))]!);
  return [...new Set(cuts)].filter((cut) => cut > sorted[0]!);
}

function stillFit(times: Float64Array, cuts: readonly number[], k: number): boolean {
  if (cuts.length !== k) return false;
  const fair = times.length / (k + 1);
  const sizes = [...cuts, Number.POSITIVE_INFINITY].map((end, i) => {
    const start = i === 0 ? Number.NEGATIVE_INFINITY : cuts[i - 1]!;
    return times.reduce((count, time) => count + Number(time >= start && time < end), 0);
  });
  return sizes.every((size) => size * OUT_OF_SHAPE >= fair && size <= OUT_OF_SHAPE * fair);
}

/** 0 for the first time of the table, 1 for the next, and so on. */
function ranksOf(times: Float64Array): Uint32Array {
  const ranks = new Map([...new Set(times.slice().sort())].map((time, rank) => [time, rank]));
  return Uint32Array.from(times, (time) => ranks.get(time)!);
}
