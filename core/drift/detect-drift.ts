import { dataQuality } from './data-quality.ts';
import type { DriftRequest } from './drift-request.ts';
import type { ColumnDrift, Drift, TestResult } from './drift-result.ts';
import { judgeColumns } from './judge-columns.ts';
import { FEWEST_ROWS } from './pair-columns.ts';

/**
 * Compares two tables column by column. A column drifted when its distance reaches the threshold and chance alone would do that in fewer than
 * one of a hundred datasets; or when its share of missing values did. The same tables give the same result, to the last bit.
 */
export function detectDrift(request: DriftRequest): Drift {
  const { reference, current, rules } = request;
  const rows = { reference: reference.nRows, current: current.nRows };
  const columns = judgeColumns(request);
  const counted = columns.filter(({ status }) => status !== 'not_judged');
  const moved = counted.filter(({ status }) => status !== 'stable').sort((a, b) => excess(b) - excess(a));
  const isKnown = Math.min(rows.reference, rows.current) >= FEWEST_ROWS && counted.length > 0;
  const share = isKnown ? moved.length / counted.length : null;
  return {
    rows,
    drifted: share === null ? null : share > rules.maxShare,
    maxShare: rules.maxShare,
    judged: counted.length,
    moved: moved.map(({ column }) => column),
    share,
    columns,
    quality: dataQuality(request, columns),
  };
}

/** How many times its threshold a column moved, to put columns in order; one that cannot be compared comes first. */
function excess({ status, values, missing }: ColumnDrift): number {
  if (status === 'changed') return Number.POSITIVE_INFINITY;
  return Math.max(0, ...[values, missing.test].map((result) => (result?.drifted ? timesThreshold(result) : 0)));
}

function timesThreshold({ kind, statistic, threshold, adjustedPValue }: TestResult): number {
  return kind === 'distance' ? statistic / threshold : threshold / Math.max(adjustedPValue, Number.MIN_VALUE);
}
