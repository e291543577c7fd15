import { FEWEST_ROWS, type RegressionCharts, type ResidualHistogram } from './charts.ts';
import { binsOf, evenEdges } from './even-bins.ts';
import type { TestedRows } from './tested-rows.ts';

/** Predicted beside actual values, and how they differ, in bins. */
export function regressionCharts(candidate: TestedRows, baseline: TestedRows | undefined): RegressionCharts {
  const { target } = candidate;
  const predicted = meanScores(candidate);
  const wanted = Math.max(8, Math.min(40, Math.round(Math.sqrt(target.length) / 3)));
  const edges = evenEdges(Float64Array.from([...target, ...predicted]), wanted);
  const nBins = edges.length - 1;
  const counts = new Uint32Array(nBins * nBins);
  const [columns, rows] = [binsOf(predicted, edges), binsOf(target, edges)];
  for (const [i, column] of columns.entries()) counts[column * nBins + rows[i]!]!++;
  return {
    edges,
    cells: [...counts].flatMap((count, i) =>
      count < FEWEST_ROWS ? [] : [{ predicted: Math.floor(i / nBins), actual: i % nBins, rows: count }],
    ),
    residuals: residualHistogram(residualsOf(candidate), baseline && residualsOf(baseline)),
  };
}

function residualHistogram(candidate: Float64Array, baseline: Float64Array | undefined): ResidualHistogram {
  const wanted = Math.max(8, Math.min(40, Math.round(Math.sqrt(candidate.length) / 2)));
  const edges = evenEdges(candidate, wanted);
  return {
    edges,
    candidate: shares(candidate, edges),
    ...(baseline && { baseline: shares(baseline, edges) }),
  };
}

function shares(values: Float64Array, edges: readonly number[]): number[] {
  const counts = new Uint32Array(edges.length - 1);
  for (const bin of binsOf(values, edges)) counts[bin]!++;
  return Array.from(counts, (count) => (count < FEWEST_ROWS ? 0 : Math.round((count / values.length) * 1e5) / 1e5));
}

function residualsOf(rows: TestedRows): Float64Array {
  const predicted = meanScores(rows);
  return rows.target.map((value, row) => value - predicted[row]!);
}

/** The mean of what the repeats predicted. */
function meanScores({ target, repeats }: TestedRows): Float64Array {
  return target.map((_, row) => repeats.reduce((sum, { score }) => sum + score[row]!, 0) / repeats.length);
}
