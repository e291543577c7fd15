import type { ConfusionMatrix } from './charts.ts';
import type { TestedRows } from './tested-rows.ts';

/** Classes that a matrix shows. */
const MOST_CLASSES = 20;

export function confusionMatrix({ classes, target, repeats }: TestedRows): ConfusionMatrix {
  const counts = classes.map(() => new Float64Array(classes.length));
  for (const { decided } of repeats)
    for (const [row, label] of target.entries()) counts[label]![decided[row]!]! += 1 / repeats.length;
  const rows = counts.map((row) => row.reduce((sum, count) => sum + count, 0));
  const shown = [...classes.keys()]
    .sort((a, b) => rows[b]! - rows[a]! || a - b)
    .slice(0, MOST_CLASSES)
    .sort((a, b) => a - b);
  return {
    classes: shown.map((i) => classes[i]!),
    counts: shown.map((i) => shown.map((j) => Math.round(counts[i]![j]! * 10) / 10)),
    hidden: classes.length - shown.length,
  };
}
