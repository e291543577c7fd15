import { z } from 'zod';
import type { Run } from './run.ts';

const scalar = z.union([z.number(), z.string(), z.boolean(), z.null()]);
type Scalar = z.infer<typeof scalar>;

/** One thing in which two runs differ. */
export const runDifferenceSchema = z.strictObject({
  section: z.enum(['parameters', 'data', 'code', 'environment', 'training', 'metrics']),
  name: z.string(),
  /** Absent where the run does not have it. */
  before: scalar.optional(),
  after: scalar.optional(),
  /** `after` − `before`, of numbers that measure something. */
  delta: z.number().optional(),
});
export type RunDifference = z.infer<typeof runDifferenceSchema>;

/** What differs between two runs, and only that; ids, times of day and timings always do and are left out. */
export function diffRuns(before: Run, after: Run): RunDifference[] {
  const sections: [RunDifference['section'], (run: Run) => Record<string, Scalar>][] = [
    ['parameters', ({ params }) => params],
    ['data', dataOf],
    ['code', codeOf],
    ['environment', environmentOf],
    ['training', trainingOf],
    ['metrics', metricsOf],
  ];
  return sections.flatMap(([section, of]) => differences(section, of(before), of(after)));
}

function differences(
  section: RunDifference['section'],
  before: Record<string, Scalar>,
  after: Record<string, Scalar>,
): RunDifference[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name): RunDifference[] => {
    const has = [Object.hasOwn(before, name), Object.hasOwn(after, name)] as const;
    const [left, right] = [has[0] ? before[name]! : undefined, has[1] ? after[name]! : undefined];
    if (left === right) return [];
    const isMeasure = section === 'metrics' && typeof left === 'number' && typeof right === 'number';
    return [
      {
        section,
        name,
        ...(left !== undefined && { before: left }),
        ...(right !== undefined && { after: right }),
        ...(isMeasure && { delta: right - left }),
      },
    ];
  });
}

function dataOf({ dataset, task, target, targetType, classes, data, split }: Run): Record<string, Scalar> {
  return {
    dataset,
    task,
    target,
    'target type': targetType,
    classes: classes.join(', '),
    file: data.path,
    sha256: data.sha256,
    rows: data.rows,
    ...Object.fromEntries(data.columns.map(({ name, kind }) => [`column ${name}`, kind])),
    'key columns': data.keyColumns.join(', '),
    'training rows': data.trainRows,
    'test rows': data.testRows,
    features: data.nFeatures,
    'row set': data.rowSet,
    folds: split.folds,
    'split seed': split.seed,
    ...(split.group !== undefined && { 'grouped by': split.group }),
    ...(split.time !== undefined && { 'ordered by': split.time }),
    ...(split.gap !== undefined && { gap: split.gap }),
  };
}

function codeOf({ git }: Run): Record<string, Scalar> {
  return { commit: git.sha, branch: git.branch, base: git.base, 'uncommitted changes': git.dirty };
}

function environmentOf({ environment, engine, keyScheme }: Run): Record<string, Scalar> {
  return {
    ...environment,
    ...(engine !== undefined && { engine }),
    ...(keyScheme !== undefined && { 'key scheme': keyScheme }),
  };
}

function trainingOf({ model, split, threshold, measuredOn = 'folds', modelSha256, modelBytes }: Run) {
  return {
    model,
    ...(threshold !== undefined && { threshold }),
    repeats: split.repeats,
    'measured on': measuredOn,
    'model sha256': modelSha256,
    'model bytes': modelBytes,
  };
}

function metricsOf({ metrics }: Run): Record<string, Scalar> {
  return Object.fromEntries(
    Object.entries(metrics).flatMap(([id, { outOfFold, test, train }]) => [
      [id, outOfFold.value],
      [`${id} test`, test.value],
      [`${id} train`, train.value],
    ]),
  );
}
