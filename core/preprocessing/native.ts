import type { Column } from '../table/table.ts';
import { countCategories, recode } from './encode.ts';
import type { Feature } from './features.ts';
import type { NativeColumn } from './preprocessor-state.ts';

/** Learns the categories of a column from its training rows. */
export function fitNative(column: Column): NativeColumn {
  const { kind, name } = column;
  return kind === 'numeric' ? { kind, name } : { kind, name, categories: [...countCategories(column).categories] };
}

/**
 * The feature of a column: its numbers, or its codes among the learned categories. Throws TypeError for a column of another
 * kind.
 *
 * @param isOwn whether the feature may share memory with the column; if not, numbers are copied.
 */
export function transformNative(learned: NativeColumn, column: Column, isOwn: boolean): Feature {
  if (learned.kind === 'numeric' && column.kind === 'numeric') {
    return { kind: 'numeric', name: learned.name, values: isOwn ? column.values : column.values.slice() };
  }
  if (learned.kind === 'categorical' && column.kind === 'categorical') {
    const { name, categories } = learned;
    const nCategories = categories.length;
    return { kind: 'categorical', name, codes: recode(column, categories, nCategories), nCategories };
  }
  throw new TypeError(`column "${column.name}" is ${column.kind}, not ${learned.kind}`);
}
