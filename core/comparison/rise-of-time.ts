import type { Timing } from '../budgets/budget.ts';
import { exp, log } from '../stats/elementary.ts';
import { meanOf, standardDeviation } from '../stats/moments.ts';
import { studentTQuantile, studentTSurvival } from '../stats/student-t.ts';
import type { FoldTimes, TimesInTurn } from '../tracking/run.ts';

/** A time of two models that were trained fold by fold in turn. Both costs are geometric means over folds, so `ratio` is theirs. */
export interface RiseOfTime {
  readonly baseline: number;
  readonly value: number;
  /** `value` / `baseline`. */
  readonly ratio: number;
  /** 95 % interval of the ratio. */
  readonly ci: readonly [number, number];
  /** Per fold, the logarithm of its ratio. */
  readonly logRatios: readonly number[];
  /** Of their mean. */
  readonly standardError: number;
  readonly degreesOfFreedom: number;
  /** One-sided, H0 "no rise". */
  readonly pValue: number;
  /** Seconds that the candidate took: of one fit, or of all predictions. */
  readonly seconds: number;
}

/**
 * What the folds say of the ratio. Each compares two times that were taken right after each other, so what slows the machine down for longer
 * than that slows both.
 *
 * @returns null where a clock saw nothing pass.
 */
export function riseOfTime({ folds }: TimesInTurn, { secondsOfFold, costOfFold, addsUp }: Timing): RiseOfTime | null {
  const all = folds.flatMap(({ baseline, candidate }) => [baseline, candidate]);
  if (all.some((times) => secondsOfFold(times) === 0)) return null;
  const logs = Float64Array.from(folds, (fold) => log(costOfFold(fold.candidate)) - log(costOfFold(fold.baseline)));
  const df = folds.length - 1;
  const mean = meanOf(logs);
  const standardError = standardDeviation(logs) / Math.sqrt(df);
  const margin = studentTQuantile(0.975, df) * standardError;
  const geometric = (of: (fold: (typeof folds)[number]) => FoldTimes) =>
    exp(meanOf(folds.map((fold) => log(costOfFold(of(fold))))));
  const total = folds.reduce((sum, { candidate }) => sum + secondsOfFold(candidate), 0);
  return {
    baseline: geometric(({ baseline }) => baseline),
    value: geometric(({ candidate }) => candidate),
    ratio: exp(mean),
    ci: [exp(mean - margin), exp(mean + margin)],
    logRatios: [...logs],
    standardError,
    degreesOfFreedom: df,
    pValue: standardError === 0 ? Number(mean <= 0) : studentTSurvival(mean / standardError, df),
    seconds: addsUp ? total : total / folds.length,
  };
}
