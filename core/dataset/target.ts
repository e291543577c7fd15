import { DataError, type Problem } from '../errors/app-error.ts';
import { listNames, shorten } from '../errors/list-names.ts';
import { suggest } from '../registry/suggest.ts';
import { type Column, isMissing, sortByBytes, type Table, valueText } from '../table/table.ts';
import type { TargetType, Task } from '../table/task.ts';

/** A numeric target with at most this many distinct values, all whole numbers, is treated as classes. */
const MAX_NUMERIC_CLASSES = 10;
const MAX_CLASSES = 256;
/** Metrics square errors, and their standard errors square that again: beyond, or below, doubles end. */
const LARGEST = 1e60;
const SMALLEST_SPREAD = 1e-60;

/**
 * Reads the target column. Without a task, the task is guessed: text is a classification; numbers are one too if they have
 * two distinct values, or up to ten that are all whole; other numbers are a regression. Classes are sorted as numbers if all
 * are numbers, else by their UTF-8 bytes. `posLabel`, the positive class of precision, recall and the curves, is moved to
 * the end.
 *
 * @throws DataError when the column is absent, has missing values, is constant, does not fit the task, or has numbers too large or too
 * close together to be squared.
 */
export function readTarget(
  table: Table,
  options: {
    readonly file: string;
    readonly target: string;
    readonly task: Task | null;
    readonly posLabel: string | null;
  },
): Target {
  const { file, target: name } = options;
  const column = table.column(name);
  const fail = (problem: Omit<Problem, 'file' | 'place'>) =>
    new DataError({ file, place: `column "${name}"`, ...problem });
  if (!column) throw absent(table, file, name);
  const missing = Array.from({ length: table.nRows }, (_, row) => row).filter((row) => isMissing(column, row));
  if (missing.length > 0) {
    throw fail({
      message: `the target is missing in ${missing.length} of ${table.nRows} rows`,
      found: `first at data row ${missing[0]! + 1}`,
      next: `${keepAsClass(table, name)}fill in the target, or set \`target_missing: drop\` for this dataset to leave these rows out`,
    });
  }
  const labels = sortedLabels(column, table.nRows);
  if (labels.length < 2) {
    throw fail({
      message: 'the target has the same value in every row',
      found: labels[0] === undefined ? 'no rows' : `"${labels[0]}" in ${table.nRows} rows`,
      allowed: 'at least two distinct values',
    });
  }
  const task = options.task ?? inferTask(column, labels);
  if (task === 'regression') {
    if (column.kind !== 'numeric') {
      throw fail({
        message: 'a regression needs a numeric target',
        found: `text such as "${labels[0]}"`,
        next: 'set `task: classification`, or clean the column',
      });
    }
    const unit = unfitUnit(column.values);
    if (unit) throw fail(unit);
    return { type: 'continuous', classes: [], values: column.values };
  }
  if (labels.length > MAX_CLASSES) {
    throw fail({
      message: `the target has ${labels.length} classes`,
      allowed: `at most ${MAX_CLASSES}`,
      next: 'set `task: regression` if these are quantities, or merge rare classes',
    });
  }
  const { posLabel } = options;
  if (posLabel !== null && !labels.includes(posLabel)) {
    const near = suggest(posLabel, labels);
    throw fail({
      message: `\`pos_label\` is "${posLabel}", but no row has this class`,
      found: shorten(labels),
      ...(near && { next: `did you mean "${near}"?` }),
    });
  }
  const classes = posLabel === null ? labels : [...labels.filter((label) => label !== posLabel), posLabel];
  const index = new Map(classes.map((label, i) => [label, i]));
  return {
    type: classes.length === 2 ? 'binary' : 'multiclass',
    classes,
    values: Float64Array.from({ length: table.nRows }, (_, row) => index.get(valueText(column, row))!),
  };
}

/** What is wrong with numbers whose squares a double cannot hold; null where nothing is. */
function unfitUnit(values: Float64Array): Omit<Problem, 'file' | 'place'> | null {
  const [low, high] = values.reduce(
    ([least, most], value) => [Math.min(least, value), Math.max(most, value)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
  const found = `values from ${low} to ${high}`;
  const next = 'write the target in another unit, or its logarithm';
  if (Math.max(-low, high) > LARGEST)
    return { message: 'the target is too large: metrics square it', found, allowed: `at most ${LARGEST}`, next };
  if (high - low < SMALLEST_SPREAD)
    return {
      message: 'the values of the target are too close together: metrics square their differences',
      found,
      allowed: `a difference of ${SMALLEST_SPREAD} or more`,
      next,
    };
  return null;
}

/** What to do where words are read as missing that may be a class, such as `None`. */
function keepAsClass({ notes }: Table, name: string): string {
  const texts = notes.flatMap((each) => (each.note === 'read_as_missing' && each.column === name ? each.texts : []));
  if (texts.length === 0) return '';
  return `if ${listNames(texts)} is a class and not a missing value, set columns: { ${JSON.stringify(name)}: { missing: [] } }; else `;
}

/** Whether the first line is a row, and not the names of the columns. */
function areNumbers(names: readonly string[]): boolean {
  return (
    names.length > 1 &&
    names.filter((name) => name.trim() !== '' && Number.isFinite(Number(name))).length > names.length / 2
  );
}

function absent(table: Table, file: string, name: string): DataError {
  const names = table.columns.map((column) => column.name);
  const near = suggest(name, names);
  return new DataError({
    file,
    place: 'line 1',
    message: `the table has no column "${name}" (the target)`,
    found: listNames(names),
    next: near
      ? `did you mean "${near}"?`
      : areNumbers(names)
        ? 'the table has no header: write the names of its columns into the first line'
        : hasOnlyTitle(names)
          ? 'if the first line is a title, remove it: the names of the columns have to come first'
          : 'name one of these columns as the target',
  });
}

/** A title above the header, in a sheet that was saved as CSV: `Sales of 2024,,`. */
function hasOnlyTitle(names: readonly string[]): boolean {
  return names.length > 1 && names.slice(1).every((each) => /^Unnamed: \d+$/.test(each));
}

function sortedLabels(column: Column, nRows: number): string[] {
  const labels = new Set<string>();
  for (let row = 0; row < nRows; row++) labels.add(valueText(column, row));
  const list = sortByBytes(labels);
  return list.every((label) => label.trim() !== '' && Number.isFinite(Number(label)))
    ? list.sort((a, b) => Number(a) - Number(b))
    : list;
}

function inferTask(column: Column, labels: readonly string[]): Task {
  if (column.kind === 'categorical' || labels.length === 2) return 'classification';
  const whole = labels.length <= MAX_NUMERIC_CLASSES && labels.every((label) => Number.isInteger(Number(label)));
  return whole ? 'classification' : 'regression';
}

/** The target of every row. */
export interface Target {
  readonly type: TargetType;
  /** Class names in the order of their indices; empty for regression. */
  readonly classes: readonly string[];
  /** nRows values: numbers of a regression, else indices into `classes`. Never NaN. */
  readonly values: Float64Array;
}
