import type { Column } from '../table/table.ts';
import { countCategories, MAX_LEVELS, mostFrequent, oneHot, recode } from './encode.ts';
import type { NumericFeature } from './features.ts';
import { fillMissing, medianOf, missingIndicator } from './impute.ts';
import type { DenseColumn } from './preprocessor-state.ts';
import { fitScale, standardise } from './scale.ts';

/** Learns, from the training rows of a column, how to turn it into numeric features without missing values. */
export function fitDense(column: Column): DenseColumn {
  const { name } = column;
  if (column.kind === 'categorical') {
    const counted = countCategories(column);
    return {
      kind: 'categorical',
      name,
      categories: mostFrequent(counted, MAX_LEVELS),
      other: counted.categories.length > MAX_LEVELS,
      missing: counted.missing > 0,
    };
  }
  const median = medianOf(column.values);
  const scale = fitScale(fillMissing(column.values, median));
  return { kind: 'numeric', name, median, ...scale, missing: column.values.some(Number.isNaN) };
}

/** `age`, `age is missing` · `plan=basic`, `plan is other`, `plan is missing`. */
export function denseNames(learned: DenseColumn): string[] {
  const { name, missing } = learned;
  const last = missing ? [`${name} is missing`] : [];
  if (learned.kind === 'numeric') return [name, ...last];
  const levels = learned.categories.map((category) => `${name}=${category}`);
  return [...levels, ...(learned.other ? [`${name} is other`] : []), ...last];
}

/** The features of a column, one per name in `denseNames`. Throws TypeError for a column of another kind. */
export function transformDense(learned: DenseColumn, column: Column): NumericFeature[] {
  const values = denseValues(learned, column);
  return denseNames(learned).map((name, i) => ({ kind: 'numeric', name, values: values[i]! }));
}

function denseValues(learned: DenseColumn, column: Column): Float64Array[] {
  if (learned.kind === 'numeric' && column.kind === 'numeric') {
    const scaled = standardise(fillMissing(column.values, learned.median), learned);
    return learned.missing ? [scaled, missingIndicator(column.values)] : [scaled];
  }
  if (learned.kind === 'categorical' && column.kind === 'categorical') {
    const nCategories = learned.categories.length;
    const other = learned.other ? nCategories : -1;
    const missing = learned.missing ? nCategories + Number(learned.other) : -1;
    const levels = recode(column, learned.categories).map((level, row) =>
      level >= 0 ? level : column.codes[row]! < 0 ? missing : other,
    );
    return oneHot(levels, nCategories + Number(learned.other) + Number(learned.missing));
  }
  throw new TypeError(`column "${column.name}" is ${column.kind}, not ${learned.kind}`);
}
