import { compareModels, type EvaluatedRun } from '../comparison/compare-models.ts';
import { POWER_Z } from '../comparison/detectable-drop.ts';
import { studentTQuantile, studentTSurvival } from '../stats/student-t.ts';

/** Chance that parameters which are no better pass for better. */
const ALPHA = 0.1;

/** What fold 0, which no trial has seen, says of the best trial beside the current parameters. */
export interface WinnerJudgement {
  readonly current: number;
  readonly winner: number;
  /** In the metric's unit; positive is better. */
  readonly gain: number;
  readonly standardError: number;
  /** One-sided, H0: no gain. */
  readonly pValue: number;
  /** The smallest true gain that would be found nine times in ten. */
  readonly smallestGain: number;
  readonly isBetter: boolean;
}

/** Compares the two row by row. Null where the metric has no value on one side. */
export function judgeWinner(current: EvaluatedRun, winner: EvaluatedRun, metric: string): WinnerJudgement | null {
  const difference = compareModels(current, winner, [metric]).differences.get(metric);
  if (!difference || difference.standardError === null) return null;
  const { baseline, candidate, drop, standardError, df } = difference;
  const gain = drop === 0 ? 0 : -drop;
  const pValue = standardError === 0 ? Number(gain <= 0) : studentTSurvival(gain / standardError, df);
  return {
    current: baseline,
    winner: candidate,
    gain,
    standardError,
    pValue,
    smallestGain: standardError === 0 ? 0 : (studentTQuantile(1 - ALPHA, df) + POWER_Z) * standardError,
    isBetter: gain > 0 && pValue < ALPHA,
  };
}
