import type { Baseline } from '../../comparison/baseline.ts';
import { foldsOfBaseline } from '../../comparison/baseline-folds.ts';
import { rowsOf } from '../../comparison/compare-models.ts';
import { pairRows } from '../../comparison/pair-rows.ts';
import { knownColumns } from '../../comparison/same-columns.ts';
import type { EvaluationSet } from '../../dataset/evaluation-set.ts';
import { columnDigests } from '../../evaluation/split/column-digests.ts';
import { recordedFeatures } from '../../evaluation/split/recorded-plan.ts';
import type { RowSet } from '../../evidence/evidence.ts';
import { EVIDENCE_ROWS, rowSetOf } from '../../evidence/quantise.ts';
import type { Report } from '../../report/report-schema.ts';
import type { Table } from '../../table/table.ts';
import { evaluationSetOf, type Inherited, type LoadedDataset, NOTHING_INHERITED } from './load-dataset.ts';

/** The share of a baseline's rows that a dataset has too, 0…1; null when unknown. */
export function sharedRows(dataset: LoadedDataset, rows: RowSet, keyColumns: readonly string[]): number | null {
  if (!keyColumns.every((name) => dataset.table.column(name))) return null;
  const rowSet = rowSetOf(evaluationSetOf(dataset, keyColumns, NOTHING_INHERITED));
  const { shared, baselineRows } = pairRows(rows, rowSet, true).counts;
  return baselineRows === 0 ? null : shared / baselineRows;
}

/** What a dataset is split and recognised by, beside its baseline. */
export interface BesideBaseline {
  readonly keyColumns: readonly string[];
  readonly inherited: Inherited;
  /** Whether the baseline's rows have keys of the same columns. */
  readonly sameKeys: boolean;
  /** The rows of the baseline that are looked up; null: there are none. */
  readonly rows: RowSet | null;
}

/**
 * What keeps rows recognisable and in the baseline's folds. Its list of columns is used while they are all there, also under another
 * name, so that a new column moves no key. Of an order of time its cuts are kept, else what became of equal rows there, and where columns
 * are gone the folds themselves. A branch that sets rules makes folds and keys of its own, which the next change will find by key.
 */
export function besideBaseline(dataset: LoadedDataset, baseline: Baseline, place: Report['place']): BesideBaseline {
  const { columns, config, table } = dataset;
  if (baseline.kind === 'none')
    return { keyColumns: columns.keyColumns, inherited: NOTHING_INHERITED, sameKeys: false, rows: null };
  const evaluatedRuns = [...baseline.evaluatedRuns.values()];
  const first = evaluatedRuns[0]!.run;
  // A model that was evaluated on the test set only does not know the folds of all rows.
  const whole = evaluatedRuns.find((each) => rowsOf(each) && each.run.measuredOn === undefined);
  const known = whole ?? evaluatedRuns.find(rowsOf);
  const rows = (known && rowsOf(known)) ?? null;
  const isOwn = place === 'tracked_branch';
  const renamed = isOwn ? NOTHING_INHERITED.renamed : renamedColumns(table, rows);
  const has = (name: string) => table.column(name) !== undefined || [...renamed.values()].includes(name);
  const keyColumns = baseline.keyColumns.every(has) ? baseline.keyColumns : columns.keyColumns;
  const sameKeys = keyColumns === baseline.keyColumns;
  const learned = recordedFeatures(first);
  const features = learned.length > 0 && learned.every(has) ? learned : null;
  const found = { ...NOTHING_INHERITED, features, renamed: sameKeys ? renamed : NOTHING_INHERITED.renamed };
  const beside = (inherited: Partial<Inherited>) => ({
    keyColumns,
    sameKeys,
    rows,
    inherited: { ...found, ...inherited },
  });
  const { group, time } = config.split;
  if (time !== null) return beside({ cuts: first.split.cuts ?? null });
  if (group !== null || isOwn) return beside({});
  const duplicates = first.split.duplicates ?? null;
  if (sameKeys && (duplicates === 'spread' || features))
    return beside({ duplicates, partsByFeatures: features !== null });
  const own = evaluationSetOf(dataset, keyColumns, { ...found, duplicates });
  const folds = rows && whole ? foldsOfBaseline(rows, rowSetOf(own), { sameKeys, own: own.folds }) : null;
  return beside({ folds, duplicates });
}

/** Columns of the table that hold what a column of the baseline held whose name is gone: the baseline's names, by theirs. */
function renamedColumns(table: Table, rows: RowSet | null): ReadonlyMap<string, string> {
  const before = rows?.columns ?? [];
  if (rows?.nRows !== table.nRows || before.every(({ name }) => table.column(name))) return NOTHING_INHERITED.renamed;
  const digests = columnDigests(
    table,
    table.columns.map(({ name }) => name),
  );
  return new Map(
    [...knownColumns(before, digests).found].flatMap(([name, now]) => (name === now ? [] : [[now, name] as const])),
  );
}

/** Whether a row may be one that the baseline kept, by its key or, of other keys, by its place. */
export function lookedUpIn(
  { rows, sameKeys }: BesideBaseline,
  { keys }: Pick<EvaluationSet, 'keys'>,
): ((row: number) => boolean) | null {
  if (!rows || keys.length <= EVIDENCE_ROWS) return null;
  if (sameKeys) {
    const known = new Set(rows.keys.subarray(0, EVIDENCE_ROWS));
    return (row) => known.has(keys[row]!);
  }
  const places = new Set(rows.positions?.subarray(0, EVIDENCE_ROWS));
  return (row) => places.has(row);
}
