import { AppError } from '../errors/app-error.ts';
import type { Evaluation, Objective } from './objective.ts';
import type { Ending, Study } from './study.ts';
import type { Trial } from './trial.ts';

/** Why trials ended: there are as many as were asked for, nothing is left to try, time is over, or somebody interrupted. */
export type StudyEnd = 'complete' | 'exhausted' | 'timeout' | 'interrupted';

/** The first step that a trial reports, and how far the next one is: trials of any length share these steps. */
const FIRST_REPORT = 10;
const REPORT_GROWTH = 1.5;

/**
 * Runs trials until there are as many as asked for in all. Trials report on the way, so that the pruner can stop them.
 *
 * @param options.shouldEnd asked between steps; a trial that it stops counts for nothing.
 * @param options.paramsOf all the parameters of a trial, for the model.
 * @throws AppError when the current parameters give no value: there would be nothing to compare with.
 */
export async function runStudy(
  study: Study,
  options: {
    readonly trials: number;
    /** Asked for when there is a trial to run. */
    readonly objective: () => Objective;
    readonly paramsOf: (trial: Trial) => Readonly<Record<string, unknown>>;
    readonly shouldEnd: () => 'timeout' | 'interrupted' | null;
    readonly progress: (nEnded: number) => void;
  },
): Promise<StudyEnd> {
  const { trials, paramsOf, shouldEnd, progress } = options;
  progress(study.nEnded);
  if (study.nEnded >= trials) return 'complete';
  const objective = options.objective();
  while (study.nEnded < trials) {
    const early = shouldEnd();
    if (early) return early;
    const trial = await study.ask();
    if (!trial) return 'exhausted';
    let ending: Ending = { state: 'abandoned' };
    try {
      const evaluation = await objective.evaluate(paramsOf(trial));
      try {
        ending = await evaluated(study, trial, evaluation, () => shouldEnd() !== null);
      } finally {
        evaluation.close();
      }
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      ending = { state: 'failed', failure: error.problems[0]!.message };
      if (trial.isCurrent) throw error;
    } finally {
      await study.tell(trial, ending);
    }
    if (trial.isCurrent && ending.state === 'failed') throw new AppError({ message: ending.failure });
    progress(study.nEnded);
  }
  return 'complete';
}

async function evaluated(
  study: Study,
  trial: Trial,
  evaluation: Evaluation,
  shouldEnd: () => boolean,
): Promise<Ending> {
  for (let step = FIRST_REPORT; step < evaluation.steps; step = Math.ceil(step * REPORT_GROWTH)) {
    await evaluation.advanceTo(step);
    if (shouldEnd()) return { state: 'abandoned' };
    const value = evaluation.value();
    if (!Number.isNaN(value) && (await study.report(trial, step, value))) return { state: 'pruned' };
  }
  await evaluation.advanceTo(evaluation.steps);
  const value = evaluation.value();
  return Number.isNaN(value)
    ? { state: 'failed', failure: 'the metric is undefined on the inner folds' }
    : { state: 'complete', value };
}
