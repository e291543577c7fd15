import { DataError } from '../../errors/app-error.ts';
import { listNames } from '../../errors/list-names.ts';
import { certain, type DecidedPredictions, decided, ofPositive } from '../../models/predictions.ts';
import { type Table, valueText } from '../../table/table.ts';
import { type PlaceOf, readNumber } from './read-number.ts';

/** How far the probabilities of a row may be from 1 together: single precision and rounding to two digits are not. */
const SUM_TOLERANCE = 0.02;

interface Source {
  readonly file: string;
  readonly placeOf: PlaceOf;
}

/**
 * Predicted classes and probabilities of a classification. `prediction` holds classes; with two classes it may hold the
 * probability of the second instead. `probability_<class>` columns give the probabilities; a class in `prediction` stays the
 * predicted one, without it the most probable class is, the first of equals. Classes alone are taken as certain.
 */
export function readClasses(table: Table, classes: readonly string[], source: Source): DecidedPredictions {
  const labels = table.column('prediction') && readLabels(table, classes, source);
  const probabilities = table.column(`probability_${classes[0]}`) && readProbabilities(table, classes, source);
  if (probabilities) {
    const likely = decided({ outputs: probabilities, nClasses: classes.length });
    return labels ? { ...likely, predictedClass: labels } : likely;
  }
  if (labels) return certain(labels, classes.length);
  const positive = readNumber(table, 'prediction', {
    ...source,
    allowed: `the probability of "${classes[1]}", 0 to 1; or, in every row, one of the classes ${listNames(classes)}`,
    isAllowed: (value) => value >= 0 && value <= 1,
  });
  return decided(ofPositive(positive));
}

/** Class indices; undefined where texts are none of two classes, and so may be probabilities. */
function readLabels(table: Table, classes: readonly string[], { file, placeOf }: Source): Float64Array | undefined {
  const column = table.column('prediction')!;
  const isBinary = classes.length === 2;
  const exact = new Map(classes.map((name, k) => [name, k]));
  // A library that made floats of whole numbers writes class 3 as 3.0; of two classes, 1.0 may be a probability.
  const numbers = new Map(isBinary ? [] : classes.map((name, k) => [Number(name), k]));
  const labels = new Float64Array(table.nRows);
  for (let row = 0; row < table.nRows; row++) {
    const text = valueText(column, row);
    const label = exact.get(text) ?? (text.trim() === '' ? undefined : numbers.get(Number(text)));
    if (label === undefined) {
      const isWord = !Number.isFinite(Number(text)) || table.column(`probability_${classes[0]}`);
      if (isBinary && !isWord) return undefined;
      throw new DataError({
        file,
        place: placeOf(row),
        message: '"prediction" is not one of the classes',
        found: text === '' ? 'nothing' : `"${text.slice(0, 100)}"`,
        allowed: isBinary
          ? `${listNames(classes)}; or, in every row, the probability of "${classes[1]}"`
          : listNames(classes),
      });
    }
    labels[row] = label;
  }
  return labels;
}

/** nRows × nClasses, each row divided by its sum. */
function readProbabilities(table: Table, classes: readonly string[], source: Source): Float64Array {
  const n = classes.length;
  const columns = classes.map((name) =>
    readNumber(table, `probability_${name}`, {
      ...source,
      allowed: 'a probability, 0 to 1',
      isAllowed: (value) => value >= 0 && value <= 1,
    }),
  );
  const probabilities = new Float64Array(table.nRows * n);
  for (let row = 0; row < table.nRows; row++) {
    const sum = columns.reduce((total, column) => total + column[row]!, 0);
    if (Math.abs(sum - 1) > SUM_TOLERANCE) {
      throw new DataError({
        file: source.file,
        place: source.placeOf(row),
        message: 'the probabilities of the classes do not add up to 1',
        found: String(sum),
        allowed: '1 ± 0.02',
      });
    }
    for (let k = 0; k < n; k++) probabilities[row * n + k] = columns[k]![row]! / sum;
  }
  return probabilities;
}
