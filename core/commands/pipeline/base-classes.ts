import type { Baseline } from '../../comparison/baseline.ts';
import { slicesOf } from '../../dataset/slices.ts';
import type { Target } from '../../dataset/target.ts';
import { shorten } from '../../errors/list-names.ts';
import { count } from '../../report/numbers.ts';
import type { Report } from '../../report/report-schema.ts';
import { takeValues } from '../../table/take-values.ts';
import { type LoadedDataset, measuredBy } from './load-dataset.ts';

/**
 * The dataset with the classes and the positive class of its baseline. What a metric means must not follow the labels of a change: one row
 * `yes` beside `Yes` and `No` would turn f1 of two classes into a mean over three. Rows of a class that the baseline does not know are
 * left out, and counted: from 1 % on they are another evaluation set. A class that has no row any more stays. Where fewer than two classes
 * of the baseline are left, nothing can be measured by them. A branch that sets rules has the classes of its own table.
 */
export function withBaseClasses(dataset: LoadedDataset, baseline: Baseline, place: Report['place']): LoadedDataset {
  if (baseline.kind === 'none' || place === 'tracked_branch') return dataset;
  const { target, table, config } = dataset;
  const { classes } = [...baseline.evaluatedRuns.values()][0]!.run;
  if (classes.length === 0 || target.classes.length === 0 || isSame(classes, target.classes)) return dataset;
  const known = new Map(classes.map((label, k) => [label, k]));
  const rows = Uint32Array.from(target.values.keys()).filter((row) => known.has(labelOf(target, row)));
  const unknown = table.nRows - rows.length;
  const left = new Set(rows.map((row) => target.values[row]!));
  if (left.size < 2 || rows.length < config.split.folds) return dataset;
  const values = Float64Array.from(target.values, (k) => known.get(target.classes[k]!) ?? Number.NaN);
  const kept = unknown === 0 ? table : table.take(rows);
  const strange = target.classes.filter((label) => !known.has(label));
  return measuredBy({
    ...dataset,
    table: kept,
    target: {
      type: classes.length === 2 ? 'binary' : 'multiclass',
      classes,
      values: unknown === 0 ? values : takeValues(values, rows),
    },
    slices: slicesOf(kept, config.slices, config.path),
    ...(unknown > 0 && { ofNewClasses: unknown }),
    warnings: [
      ...dataset.warnings,
      ...(unknown > 0
        ? [
            `${count(unknown)} of ${count(table.nRows)} rows ${unknown === 1 ? 'has' : 'have'} a class that the baseline does not know (${shorten(strange.map((label) => JSON.stringify(label)))}) and ${unknown === 1 ? 'is' : 'are'} left out; its classes are ${shorten(classes.map((label) => JSON.stringify(label)))}`,
          ]
        : []),
    ],
  });
}

function labelOf({ classes, values }: Target, row: number): string {
  return classes[values[row]!]!;
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((label, k) => label === b[k]);
}
