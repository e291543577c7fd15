import type { EvaluationSet } from '../dataset/evaluation-set.ts';
import { trainRowsOf } from '../evaluation/evaluation-set.ts';
import { metricInputAt } from '../evaluation/metric-input.ts';
import { createOutOfFold } from '../evaluation/out-of-fold.ts';
import { innerTasks } from '../evaluation/split/inner-folds.ts';
import type { Metric } from '../metrics/metric.ts';
import { calibrated } from '../models/decision/decision-rule.ts';
import { fitRule, type RuleAim } from '../models/decision/fit-rule.ts';
import type { Fit, ModelPlugin } from '../models/model.ts';
import { type DecidedPredictions, decided } from '../models/predictions.ts';
import { prepareRows } from '../models/trained-model.ts';
import type { WorkerPool } from '../ports/worker-pool.ts';
import { deriveSeed } from '../random/random.ts';
import type { Table } from '../table/table.ts';

/** A model with some parameters as it is trained on the inner folds, all of them at the same pace. */
export interface Evaluation {
  /** Steps in all: trees, rounds. Falls where early stopping ends every fold. */
  readonly steps: number;
  readonly done: number;
  /** Trains on to this step. */
  advanceTo(step: number): Promise<void>;
  /** The metric of the models as they are, over all inner folds; NaN where it is undefined. */
  value(): number;
  close(): void;
}

/** What trials are judged by. */
export interface Objective {
  /** @throws AppError when the model cannot be trained with these parameters. */
  evaluate(params: Readonly<Record<string, unknown>>): Promise<Evaluation>;
}

/**
 * The primary metric of a model, by cross-validation within the rows that fold 0 leaves to learn from: fold 0 itself is never seen.
 * Every trial has the same folds and seeds, so that trials differ by their parameters alone.
 */
export function createObjective(options: {
  readonly plugin: ModelPlugin;
  readonly table: Table;
  readonly columns: readonly string[];
  readonly evaluationSet: EvaluationSet;
  readonly metric: Metric;
  readonly rule: RuleAim | null;
  readonly seed: number;
  readonly workers: WorkerPool;
}): Objective {
  const { plugin, table, columns, evaluationSet, metric, rule, seed, workers } = options;
  const { values, classes } = evaluationSet.target;
  const nClasses = classes.length;
  const folds = innerTasks(evaluationSet, trainRowsOf(evaluationSet, 0), innerFolds(evaluationSet)).map(
    ({ trainRows, testRows }) => {
      const { keys } = evaluationSet;
      const { preprocessor, data } = prepareRows(plugin, {
        ...{ table, columns, rows: trainRows, target: values, nClasses, keys },
      });
      return { data, testRows, features: preprocessor.transform(table, testRows) };
    },
  );
  const measure = (outputs: readonly Float64Array[]): number => {
    const predictions = decideFolds(
      outputs.map((each, i) => ({
        outputs: each,
        labels: Float64Array.from(folds[i]!.testRows, (row) => values[row]!),
      })),
      { nClasses, rule },
    );
    const outOfFold = createOutOfFold(table.nRows, nClasses);
    for (const [i, { testRows }] of folds.entries()) outOfFold.put(testRows, predictions[i]!);
    const inputAt = (rows: Uint32Array) => metricInputAt(evaluationSet, rows, outOfFold.predictions());
    if (metric.pooling === 'pooled')
      return metric.compute(inputAt(Uint32Array.from(folds.flatMap(({ testRows }) => [...testRows]))));
    return weightedMean(
      folds.map(({ testRows }) => {
        const input = inputAt(testRows);
        return { value: metric.compute(input), weight: metric.foldWeight?.(input.target) ?? testRows.length };
      }),
    );
  };
  return {
    async evaluate(params) {
      const fits: Fit[] = [];
      const close = () => {
        for (const fit of fits) fit.close();
      };
      try {
        for (const [i, { data }] of folds.entries())
          fits.push(
            await plugin.start(data, params, { seed: deriveSeed(seed, 'tune', 'fit', i), workers, warn: () => {} }),
          );
      } catch (error) {
        close();
        throw error;
      }
      return {
        get steps() {
          return Math.max(...fits.map(({ steps }) => steps));
        },
        get done() {
          return Math.max(...fits.map(({ done }) => done));
        },
        async advanceTo(step) {
          for (const fit of fits) if (step > fit.done) await fit.advance(step - fit.done);
        },
        value: () => measure(fits.map((fit, i) => fit.snapshot().predict(folds[i]!.features))),
        close,
      };
    },
  };
}

/** As many as there are folds beside fold 0. */
function innerFolds({ nFolds }: EvaluationSet): number {
  return Math.max(2, nFolds - 1);
}

interface FoldOutputs {
  readonly outputs: Float64Array;
  readonly labels: Float64Array;
}

/** The classes of each fold, by a threshold and a calibration that the other folds chose. */
function decideFolds(
  folds: readonly FoldOutputs[],
  { nClasses, rule }: { readonly nClasses: number; readonly rule: RuleAim | null },
): DecidedPredictions[] {
  return folds.map(({ outputs }, i) => {
    if (!rule) return decided({ outputs, nClasses });
    const others = folds.filter((_, other) => other !== i);
    const join = (arrays: readonly Float64Array[]) => Float64Array.from(arrays.flatMap((array) => [...array]));
    const learned = {
      outputs: join(others.map((other) => other.outputs)),
      labels: join(others.map(({ labels }) => labels)),
    };
    const { rule: own } = fitRule(learned, nClasses, rule);
    return decided({ outputs: calibrated(own, outputs, nClasses), nClasses }, own.threshold);
  });
}

/** Of the folds where the metric is defined. */
function weightedMean(parts: readonly { readonly value: number; readonly weight: number }[]): number {
  const valid = parts.filter(({ value }) => !Number.isNaN(value));
  const total = valid.reduce((sum, { weight }) => sum + weight, 0);
  return total > 0 ? valid.reduce((sum, { value, weight }) => sum + (weight / total) * value, 0) : Number.NaN;
}
