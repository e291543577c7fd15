import { createRegistry } from '../registry/registry.ts';
import { almostNumeric } from './almost-numeric.ts';
import { ambiguousNumbers } from './ambiguous-numbers.ts';
import { constantColumns } from './constant-columns.ts';
import { copies } from './copies.ts';
import { dates } from './dates.ts';
import { ids } from './ids.ts';
import { leaks } from './leaks.ts';
import { missingMarks } from './missing-marks.ts';
import { nearCopies } from './near-copies.ts';
import { nearUniqueText } from './near-unique-text.ts';
import { signedNumbers } from './signed-numbers.ts';
import { similarLabels } from './similar-labels.ts';
import { strongFeatures } from './strong-features.ts';
import { sums } from './sums.ts';
import { tinyClasses } from './tiny-classes.ts';

/** What is looked for in a table, in the order in which it is told. */
export const dataChecks = createRegistry('data check', [
  almostNumeric,
  missingMarks,
  signedNumbers,
  ambiguousNumbers,
  dates,
  ids,
  nearUniqueText,
  constantColumns,
  similarLabels,
  tinyClasses,
  copies,
  nearCopies,
  leaks,
  strongFeatures,
  sums,
]);
