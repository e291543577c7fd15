import { compareModels, type EvaluatedRun } from '../../core/comparison/compare-models.ts';
import { comparisonErrors } from '../../core/comparison/comparison-errors.ts';
import { recomputedRun } from '../../core/comparison/recomputed.ts';
import { withNoiseHistory } from '../../core/evaluation/uncertainty/noise-history.ts';
import type { OutOfFold, RowSet } from '../../core/evidence/evidence.ts';
import { createRandom } from '../../core/random/random.ts';
import { judged, smallestDropOf } from '../judged.ts';
import { contextsOn, evaluatedRunOf, type TrainedRun, trainRun } from '../train-run.ts';
import type { HardGroup, HarmlessKind } from './hard-plan.ts';
import { type Harm, harms, type Luck, luckOf, strengthFor } from './harms.ts';
import { curveOf, decidedBy, equalThresholds } from './trade.ts';

/** What a trained replicate tells of its group, beside its runs. */
export interface Lesson {
  /** By harm and metric (`harmName`), what the first run loses at each of the harm's strengths. */
  readonly drops: Readonly<Record<string, readonly number[]>>;
  /** By metric, its value at every threshold. */
  readonly curves: Readonly<Record<string, readonly number[]>>;
}

/** What all replicates of a group tell together, which each of them is then judged with. */
export interface Calibration {
  /** By harm and metric, the true drop at each of the harm's strengths: the mean over replicates. */
  readonly drops: Readonly<Record<string, readonly number[]>>;
  readonly thresholds: Readonly<Record<string, readonly [number, number] | null>>;
}

/** What the gate made of a harmless change. */
export interface HardObservation {
  readonly kind: HarmlessKind['id'];
  readonly metric: string;
  readonly drop: number;
  /** Where it is the first change that is compared on the default branch, and where another came before. */
  readonly first: HardVerdict;
  readonly later: HardVerdict;
}

/** A verdict on a harmless change, and on harmful ones that lose as much as its report prints. */
export interface HardVerdict {
  readonly fails: boolean;
  /** As printed; null where the report names none. */
  readonly smallest: number | null;
  /** By harm; absent where none can do so much harm. */
  readonly harmful: Readonly<Partial<Record<Harm['id'], { readonly drop: number; readonly fails: boolean }>>>;
}

/** A replicate with its runs as the judge takes them. */
export interface Evaluated {
  readonly runs: readonly EvaluatedRun[];
  readonly rowSet: RowSet;
  readonly luck: Luck;
}

const harmName = (harm: Harm['id'], metric: string) => `${harm} ${metric}`;

/** Trains the runs of a replicate. */
export async function trainedRuns(group: HardGroup, replicate: number): Promise<TrainedRun[]> {
  const contextFor = contextsOn(group, group.table.sample(replicate), replicate);
  const trained: TrainedRun[] = [];
  for (const planned of group.runs) trained.push(await trainRun(group, contextFor(planned), planned));
  return trained;
}

export function evaluatedOf(group: HardGroup, replicate: number, runs: readonly TrainedRun[]): Evaluated {
  const contextFor = contextsOn(group, group.table.sample(replicate), replicate);
  const { rowSet } = contextFor(group.runs[0]!);
  const { bond, memory } = group.table;
  return {
    rowSet,
    runs: runs.map((run, i) => evaluatedRunOf(group, rowSet, group.runs[i]!, run)),
    luck: luckOf(createRandom(replicate, 'luck', group.table.id), rowSet, bond, memory),
  };
}

export function lessonOf(group: HardGroup, { runs: evaluated, ...on }: Evaluated): Lesson {
  const whole = evaluated[0]!;
  const drops = harms.flatMap(({ id, strengths, predictions }) => {
    const harmed = strengths[group.source.task].map((strength) => {
      const repeats = predictions(repeatsOf(whole), on.rowSet, on.luck, strength);
      return compareModels(whole, withRepeats(whole, repeats), group.metrics).differences;
    });
    return group.metrics.map((metric) => [
      harmName(id, metric),
      harmed.map((differences) => differences.get(metric)?.drop ?? Number.NaN),
    ]);
  });
  const traded = group.kinds.find(({ id }) => id === 'trade');
  const curves = (traded?.metrics ?? []).map((metric) => [metric, curveOf(metric, repeatsOf(whole), on.rowSet)]);
  return { drops: Object.fromEntries(drops), curves: Object.fromEntries(curves) };
}

/** What the lessons of a group's replicates come to. Digits beyond the sixth are cut: they are stored with what is replayed. */
export function calibrationOf(lessons: readonly Lesson[]): Calibration {
  const mean = (values: readonly number[]) =>
    Number((values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(6));
  const means = (name: 'drops' | 'curves', key: string) =>
    lessons[0]![name][key]!.map((_, i) => mean(lessons.map((lesson) => lesson[name][key]![i]!)));
  const keys = (name: 'drops' | 'curves') => Object.keys(lessons[0]![name]);
  return {
    drops: Object.fromEntries(keys('drops').map((key) => [key, means('drops', key)])),
    thresholds: Object.fromEntries(keys('curves').map((metric) => [metric, equalThresholds(means('curves', metric))])),
  };
}

export function observeHard(group: HardGroup, evaluated: Evaluated, calibration: Calibration): HardObservation[] {
  const before = evaluated.runs[group.before]!;
  return group.kinds.flatMap((kind) =>
    kind.metrics.flatMap((metric): HardObservation[] => {
      const [baseline, candidate] = sidesOf(kind, metric, evaluated, calibration) ?? [];
      if (!baseline || !candidate) return [];
      const known = {
        ...baseline,
        run: withNoiseHistory(baseline.run, before.run, comparisonErrors(before, baseline, [metric])),
      };
      const judge = (base: EvaluatedRun) => verdictOn(group, metric, base, candidate);
      const [alone, after] = [judge(baseline), judge(known)];
      const harmed = (base: EvaluatedRun, smallest: number | null) =>
        kind.id === 'trade' || smallest === null ? {} : harmfulVerdicts(group, metric, base, candidate, smallest);
      const first = { fails: alone.fails, smallest: alone.smallest, harmful: harmed(baseline, alone.smallest) };
      // What prints the same is caught the same.
      const harmful = after.smallest === alone.smallest ? first.harmful : harmed(known, after.smallest);
      return [
        {
          kind: kind.id,
          metric,
          drop: alone.drop,
          first,
          later: { fails: after.fails, smallest: after.smallest, harmful },
        },
      ];
    }),
  );

  function harmfulVerdicts(
    { source }: HardGroup,
    metric: string,
    baseline: EvaluatedRun,
    candidate: EvaluatedRun,
    smallest: number,
  ): HardVerdict['harmful'] {
    const { rowSet, luck } = evaluated;
    return Object.fromEntries(
      harms.flatMap((harm) => {
        const drops = calibration.drops[harmName(harm.id, metric)]!;
        const strength = strengthFor(smallest, harm, harm.strengths[source.task], drops);
        if (strength === null) return [];
        const worse = harm.predictions(repeatsOf(candidate), rowSet, luck, strength);
        const { drop, fails } = verdictOn(group, metric, baseline, recomputed(candidate, metric, worse));
        return [[harm.id, { drop, fails }] as const];
      }),
    );
  }
}

/** Of a trade, one run decided in two ways; else two runs. */
function sidesOf(
  { id, baseline, candidate }: HarmlessKind,
  metric: string,
  { runs, rowSet }: Evaluated,
  { thresholds }: Calibration,
): readonly [EvaluatedRun, EvaluatedRun] | null {
  const [before, after] = [runs[baseline]!, runs[candidate]!];
  if (id !== 'trade') return [before, after];
  const both = thresholds[metric];
  if (!both) return null;
  const [lenient, strict] = both.map((threshold) =>
    recomputed(before, metric, decidedBy(threshold, repeatsOf(before), rowSet)),
  );
  return [lenient!, strict!];
}

function verdictOn(group: HardGroup, metric: string, baseline: EvaluatedRun, candidate: EvaluatedRun) {
  const comparison = compareModels(baseline, candidate, [metric]);
  const gate = judged(group, metric, 0, baseline, candidate, comparison);
  const drop = comparison.differences.get(metric)?.drop;
  if (drop === undefined) throw new Error(`${metric} of ${group.name} has no difference`);
  return { drop, fails: gate.outcome === 'fail', smallest: smallestDropOf(gate) };
}

/** The run with other predictions, and what they measure. */
function recomputed(of: EvaluatedRun, metric: string, repeats: readonly OutOfFold[]): EvaluatedRun {
  const { run, predictions } = withRepeats(of, repeats);
  return recomputedRun({ run: { ...run, metrics: { [metric]: run.metrics[metric]! } }, predictions }, undefined);
}

function withRepeats({ run, predictions }: EvaluatedRun, repeats: readonly OutOfFold[]): EvaluatedRun {
  return { run, predictions: { ...predictions!, evidence: { ...predictions!.evidence, repeats } } };
}

function repeatsOf({ predictions }: EvaluatedRun): readonly OutOfFold[] {
  return predictions!.evidence.repeats;
}
