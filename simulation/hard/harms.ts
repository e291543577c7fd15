import { UNTESTED } from '../../core/dataset/evaluation-set.ts';
import type { OutOfFold, RowSet } from '../../core/evidence/evidence.ts';
import { fromFloat16, toFloat16 } from '../../core/evidence/float16.ts';
import type { Random } from '../../core/random/random.ts';
import { normalCdf } from '../../core/stats/distributions.ts';
import type { Bond } from './hard-tables.ts';
import { remembering } from './made-rows.ts';

/** Half of the variance of what happens to a row is its site's. */
const OF_SITE = Math.SQRT1_2;
/** Where log-odds are bent before noise is put on them: a forest that is certain (±30) could not be made to doubt. */
const BENT = 5;

/** What chance does to the rows of a row set where something goes wrong, whatever goes wrong and how badly. */
export interface Luck {
  /** Per row, standard normal. Rows that share their features have the same; those of a site, or near each other in time, like ones. */
  readonly normals: Float64Array;
  /** Per row, one of its fold. */
  readonly others: Uint32Array;
}

/** Something that goes wrong in what a model is given, as badly as one likes. The model itself stays as it was. */
export interface Harm {
  readonly id: 'noise' | 'mix-up';
  /** Of a regression, or of classes: strengths at which the drop is measured, ascending, the worst last. */
  readonly strengths: Readonly<Record<'regression' | 'classification', readonly number[]>>;
  /** The drop grows with this power of the strength, about: so it is read off between two strengths. */
  readonly power: number;
  readonly predictions: (repeats: readonly OutOfFold[], rowSet: RowSet, luck: Luck, strength: number) => OutOfFold[];
}

/**
 * Normal noise on what a model has to say: on log-odds, or on predictions in standard deviations of the target. It is what noise on the
 * features of a linear model does to it, and is felt in all rows.
 */
const noise: Harm = {
  id: 'noise',
  strengths: {
    classification: [0.25, 0.5, 1, 1.5, 2, 3, 4.5, 7, 12],
    regression: [0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1, 1.5, 2.5],
  },
  power: 2,
  predictions(repeats, { scale }, { normals }, strength) {
    return repeats.map(({ predictions }) => {
      const noisy = Float64Array.from(predictions, (bits, row) => {
        const told = fromFloat16(bits);
        return (scale ? told : BENT * Math.tanh(told / BENT)) + strength * normals[row]!;
      });
      return {
        predictions: Uint16Array.from(noisy, toFloat16),
        decisions: scale ? new Uint8Array(0) : Uint8Array.from(noisy, (odds) => Number(odds > 0)),
      };
    });
  },
};

/**
 * A join gives a share of the rows the features of another row: those rows are hit hard, and the others not at all.
 *
 * The true drop is the share times that of mixing up all rows. Of means over rows (accuracy, mean errors) and of R² that is plain. An area
 * under the curve is the share of pairs in the right order: it becomes ½ + (1 − share)·(area − ½), pair by pair. F1 is twice
 * the positives found, by the positives there are and those that were named, and of these three only the first falls.
 */
const confusion: Harm = {
  id: 'mix-up',
  strengths: { classification: [1], regression: [1] },
  power: 1,
  predictions(repeats, { folds }, { normals, others }, share) {
    const from = others.map((other, row) =>
      folds[row] !== UNTESTED && normalCdf(normals[row]!) < share ? other : row,
    );
    return repeats.map(({ predictions, decisions }) => ({
      predictions: predictions.map((_, row) => predictions[from[row]!]!),
      decisions: decisions.map((_, row) => decisions[from[row]!]!),
    }));
  },
};

export const harms: readonly Harm[] = [noise, confusion];

/** @param memory of a bond of time: the correlation of what happens to a row with what happened to the one before. */
export function luckOf(random: Random, { folds, clusters, positions }: RowSet, bond: Bond, memory: number): Luck {
  const byFold = Map.groupBy(folds.keys(), (row) => folds[row]!);
  const others = Uint32Array.from(folds, (fold) => {
    const rows = byFold.get(fold)!;
    return rows[random.integer(rows.length)]!;
  });
  const normals = Float64Array.from(folds, () => random.normal());
  if (bond === 'time') {
    const inTime = remembering(random, folds.length, memory);
    return { normals: normals.map((_, row) => inTime[positions![row]!]!), others };
  }
  if (bond === 'none' || !clusters) return { normals, others };
  const first = new Map<number, number>();
  for (const [row, cluster] of clusters.entries()) if (!first.has(cluster)) first.set(cluster, row);
  const firstOf = (row: number) => first.get(clusters[row]!)!;
  if (bond === 'copies')
    return {
      normals: normals.map((_, row, all) => all[firstOf(row)]!),
      others: others.map((_, row, all) => all[firstOf(row)]!),
    };
  const ofSite = normals.map(() => random.normal());
  return { normals: normals.map((own, row) => OF_SITE * own + OF_SITE * ofSite[firstOf(row)]!), others };
}

/**
 * How strong a harm has to be for a true drop, or null where it cannot do so much.
 *
 * @param drops the true drop at each of its strengths.
 */
export function strengthFor(
  drop: number,
  { power }: Pick<Harm, 'power'>,
  strengths: readonly number[],
  drops: readonly number[],
): number | null {
  if (!(drop >= 0)) return null;
  const bent = (value: number) => Math.max(0, value) ** (1 / power);
  let [below, dropBelow] = [0, 0];
  for (const [i, strength] of strengths.entries()) {
    const here = drops[i]!;
    if (drop <= here)
      return below + ((strength - below) * (bent(drop) - bent(dropBelow))) / (bent(here) - bent(dropBelow) || 1);
    if (here > dropBelow) [below, dropBelow] = [strength, here];
  }
  return null;
}
