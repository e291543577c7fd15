import type { EvaluationSet } from '../dataset/evaluation-set.ts';
import { deriveSeed } from '../random/random.ts';
import type { MetricResult } from '../tracking/run.ts';
import type { SelfReport, SelfReporter } from '../trainers/training.ts';
import { NOT_MEASURED } from './estimates.ts';
import { testRowsOf, trainRowsOf } from './evaluation-set.ts';

/** Asks a trainer once per repeat, with fold 0 as its test set, and takes the means of what it says. */
export async function askSelfReports(options: {
  readonly reporter: SelfReporter;
  readonly nRepeats: number;
  readonly evaluationSet: EvaluationSet;
  readonly seed: number;
  readonly directionOf: (metric: string) => MetricResult['direction'];
  readonly progress?: (done: number, total: number) => void;
}): Promise<{
  readonly metrics: Readonly<Record<string, MetricResult>>;
  readonly modelFile: Uint8Array | null;
  readonly fitSeconds: number;
}> {
  const { reporter, nRepeats, evaluationSet, seed, directionOf, progress } = options;
  const trainRows = trainRowsOf(evaluationSet, 0);
  const testRows = testRowsOf(evaluationSet, 0);
  const reports: SelfReport[] = [];
  for (let repeat = 0; repeat < nRepeats; repeat++) {
    reports.push(
      await reporter.train({ fold: 0, repeat, trainRows, testRows, seed: deriveSeed(seed, 'fit', 0, repeat) }),
    );
    progress?.(repeat + 1, nRepeats);
  }
  const told = [...reports[0]!.metrics.keys()].filter((id) => reports.every(({ metrics }) => metrics.has(id)));
  const result = (id: string): MetricResult => {
    const value = reports.reduce((sum, { metrics }) => sum + metrics.get(id)!, 0) / nRepeats;
    return {
      direction: directionOf(id),
      train: NOT_MEASURED,
      test: NOT_MEASURED,
      outOfFold: { value, ci: null, se: null, n: testRows.length },
      folds: [],
      seedNoise: null,
    };
  };
  return {
    metrics: Object.fromEntries(told.map((id) => [id, result(id)])),
    modelFile: reports[0]!.modelFile,
    fitSeconds: reports.reduce((sum, { seconds }) => sum + seconds, 0),
  };
}
