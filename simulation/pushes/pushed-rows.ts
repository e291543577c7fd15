import type { EvaluatedRun } from '../../core/comparison/compare-models.ts';
import { anEvaluatedRun, someRows } from '../../core/comparison/evaluated-run.fixture.ts';
import { toFloat16 } from '../../core/evidence/float16.ts';
import { createRandom } from '../../core/random/random.ts';
import { type PushCell, ROWS } from './pushes-plan.ts';

/** Standard deviation of what every model gets wrong alike. */
const COMMON = 0.5;
const POSITIVES = 0.3;

/** Rows of one repository, and what models predict of them. */
export interface PushedRows {
  readonly baseline: EvaluatedRun;
  /** The push of this number. `worse`: standard deviation of what the change gets wrong, alike in each push. */
  push(number: number, worse: number): EvaluatedRun;
}

/** The rows of a replicate: equal arguments give equal rows. */
export function pushedRows({ metric, news }: Pick<PushCell, 'metric' | 'news'>, replicate: number): PushedRows {
  const path = ['pushes', metric, replicate] as const;
  const normals = (name: string | number) => {
    const random = createRandom(1, ...path, name);
    return Float64Array.from({ length: ROWS }, () => random.normal());
  };
  const isClass = metric === 'roc_auc';
  const drawn = normals('target');
  const random = createRandom(1, ...path, 'classes');
  const target = isClass ? drawn.map(() => Number(random.uniform() < POSITIVES)) : drawn;
  const rowSet = someRows(ROWS, { target, ...(isClass && { classes: ['no', 'yes'], scale: null }) });
  const common = normals('common');
  const shared = normals('change');
  const model = (number: number, worse: number): EvaluatedRun => {
    const own = normals(number);
    const predicted = target.map((y, i) => y + COMMON * common[i]! + news * own[i]! + worse * shared[i]!);
    const repeat = {
      predictions: Uint16Array.from(predicted, toFloat16),
      decisions: isClass ? Uint8Array.from(predicted, (score) => Number(score > 0.5)) : new Uint8Array(0),
    };
    const { run, predictions } = anEvaluatedRun(rowSet, { metrics: { [metric]: {} } });
    return { run, predictions: { rowSet, evidence: { ...predictions!.evidence, repeats: [repeat] } } };
  };
  return { baseline: model(0, 0), push: model };
}
