import type { Run, TimesInTurn } from '../tracking/run.ts';
import type { EvaluatedRun } from './compare-models.ts';

/** A run with other times in turn. Null: with none, so that its own time counts alone. */
export function withTimesInTurn({ run, predictions }: EvaluatedRun, inTurn: TimesInTurn | null): EvaluatedRun {
  const { inTurn: _, ...timings }: Run['timings'] = run.timings;
  return { run: { ...run, timings: { ...timings, ...(inTurn && { inTurn }) } }, predictions };
}
