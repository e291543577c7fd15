import { ranked } from '../../metrics/ranked.ts';
import { type ClassCurves, type Curves, FEWEST_ROWS, type Point } from './charts.ts';
import type { TestedRows } from './tested-rows.ts';

/** Classes that have curves. */
const MOST_CLASSES = 6;
/** Where the false positive rate is looked at: closely near 0, where good models differ. */
const RATES = [
  ...Array.from({ length: 100 }, (_, i) => i / 1000),
  ...Array.from({ length: 91 }, (_, i) => (i + 10) / 100),
];
const RECALLS = Array.from({ length: 100 }, (_, i) => (i + 1) / 100);

/** The curves of each class that has enough rows; of the baseline too where it knows the class. */
export function classCurves(candidate: TestedRows, baseline: TestedRows | undefined): ClassCurves[] {
  return shownClasses(candidate).flatMap(({ name, share }): ClassCurves[] => {
    const own = curvesOf(candidate, name);
    const other = baseline && curvesOf(baseline, name);
    return own ? [{ class: name, share, candidate: own, ...(other && { baseline: other }) }] : [];
  });
}

function shownClasses({ classes, target }: TestedRows) {
  const counts = classes.map(() => 0);
  for (const label of target) counts[label]!++;
  const all = classes.map((name, i) => ({ name, share: counts[i]! / target.length, rows: counts[i]! }));
  const wanted = classes.length === 2 ? all.slice(1) : all.sort((a, b) => b.rows - a.rows);
  return wanted.filter(({ rows }) => rows >= FEWEST_ROWS && target.length - rows >= FEWEST_ROWS).slice(0, MOST_CLASSES);
}

/**
 * The weighted mean of the folds' curves, since scores of different models do not rank together. With the weights of `roc_auc` and
 * `average_precision`, so that these are the areas below.
 */
function curvesOf({ classes, target, folds, repeats }: TestedRows, name: string): Curves | undefined {
  const index = classes.indexOf(name);
  const roc = new WeightedMean(RATES.length);
  const precisionRecall = new WeightedMean(RECALLS.length);
  for (const { score, probabilityOf } of repeats) {
    const scores = classes.length === 2 ? (index === 1 ? score : undefined) : probabilityOf?.(index);
    if (!scores) return undefined;
    for (const fold of new Set(folds)) {
      const rows = Uint32Array.from(folds.keys()).filter((row) => folds[row] === fold);
      const steps = stepsOf(
        Float64Array.from(rows, (row) => scores[row]!),
        rows.map((row) => Number(target[row] === index)),
      );
      const { positives, negatives } = steps.at(-1)!;
      if (positives === 0) continue;
      precisionRecall.add(precisionsOf(steps), positives);
      if (negatives > 0) roc.add(ratesOf(steps), positives * negatives);
    }
  }
  if (roc.isEmpty || precisionRecall.isEmpty) return undefined;
  return { roc: [[0, 0], ...points(RATES, roc.values())], precisionRecall: points(RECALLS, precisionRecall.values()) };
}

/** Positives and negatives scored at least as high, after each group of equal scores. */
interface Step {
  readonly positives: number;
  readonly negatives: number;
}

function stepsOf(scores: Float64Array, isPositive: Uint32Array): Step[] {
  let [positives, negatives] = [0, 0];
  const steps: Step[] = [{ positives, negatives }];
  for (const rows of ranked(scores)) {
    for (const row of rows) {
      if (isPositive[row] === 1) positives++;
      else negatives++;
    }
    steps.push({ positives, negatives });
  }
  return steps;
}

/** The true positive rate at each of `RATES`: a straight line between steps, the higher end of a vertical one. */
function ratesOf(steps: readonly Step[]): number[] {
  const { positives: allPositives, negatives: allNegatives } = steps.at(-1)!;
  let at = 0;
  return RATES.map((rate) => {
    const wanted = rate * allNegatives;
    while (at + 1 < steps.length && steps[at + 1]!.negatives <= wanted) at++;
    const [before, after = before] = [steps[at]!, steps[at + 1]];
    const part = after === before ? 0 : (wanted - before.negatives) / (after.negatives - before.negatives);
    return (before.positives + part * (after.positives - before.positives)) / allPositives;
  });
}

/** The precision at each of `RECALLS`: that of the first step which reaches it. */
function precisionsOf(steps: readonly Step[]): number[] {
  const all = steps.at(-1)!.positives;
  let at = 1;
  return RECALLS.map((recall) => {
    while (at + 1 < steps.length && steps[at]!.positives < recall * all - 1e-9) at++;
    const { positives, negatives } = steps[at]!;
    return positives / (positives + negatives);
  });
}

class WeightedMean {
  readonly #sums: Float64Array;
  #weight = 0;

  constructor(length: number) {
    this.#sums = new Float64Array(length);
  }

  get isEmpty(): boolean {
    return this.#weight === 0;
  }

  add(values: readonly number[], weight: number): void {
    for (const [i, value] of values.entries()) this.#sums[i]! += value * weight;
    this.#weight += weight;
  }

  values(): number[] {
    return Array.from(this.#sums, (sum) => sum / this.#weight);
  }
}

function points(xs: readonly number[], ys: readonly number[]): Point[] {
  return xs.map((x, i) => [x, Math.round(ys[i]! * 1e4) / 1e4]);
}
