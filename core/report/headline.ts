import type { GateResult } from '../comparison/gate-result.ts';
import type { EvaluationSetResult, Unchanged, Verdict } from '../comparison/verdict.ts';
import { remedyOfNone, shaCode, whyNone } from './baseline-sentences.ts';
import { code, join, prose, type Sentence, sentence } from './fragments.ts';
import { acceptCommand, evaluationSetSentence, gateSentence, missingSentence } from './gate-sentences.ts';
import { MARKS } from './marks.ts';
import { movedMetrics } from './moved-metrics.ts';
import { plural } from './numbers.ts';
import type { Report } from './report-schema.ts';

/** The verdict in one line: what e-mails and phones show of the comment. */
export function headline(report: Report): Sentence {
  return sentence`${verdictLine(report)}${alteredRecord(report)}`;
}

function verdictLine(report: Report): Sentence {
  const { verdict } = report;
  if (!verdict) return unjudged(report);
  const mark = MARKS[verdict.outcome];
  switch (verdict.outcome) {
    case 'fail':
      return sentence`${mark} ${failure(verdict)}`;
    case 'not_comparable':
      return notComparable(report, verdict);
    case 'inconclusive':
      return inconclusive(report, verdict);
    case 'first_run':
      return firstRun(report);
    case 'nothing_to_merge':
      return sentence`${mark} Nothing to merge, not judged${report.notJudged === null ? '' : `: ${report.notJudged}`}`;
    case 'error':
      return sentence`${mark} Error: ${prose(report.errors[0]?.message ?? 'the job could not finish')}`;
    case 'pass':
      return success(report, verdict);
  }
}

/** Somebody wrote to the branch of runs: that is told where nobody can miss it, though it counts for nothing. */
function alteredRecord({ datasets }: Report): Sentence {
  const notes = datasets.flatMap((dataset) => dataset.notes);
  const altered = notes.flatMap((each) => (each.note === 'record_altered' ? [sentence`${code(each.run)}`] : []));
  return altered.length === 0 ? [] : sentence`. Somebody altered the record of ${first(altered)} on the branch of runs`;
}

function unjudged({ datasets, notJudged }: Report): Sentence {
  if (notJudged !== null) return sentence`${MARKS.not_judged} Not judged: ${prose(notJudged)}`;
  const reused = datasets.filter((dataset) => dataset.reused).length;
  const trained = datasets.length - reused;
  const did = [
    ...(trained > 0 || reused === 0 ? [`${plural(trained, 'dataset')} trained`] : []),
    ...(reused > 0 ? [`${trained > 0 ? reused : plural(reused, 'dataset')} reused`] : []),
  ];
  return sentence`${MARKS.not_judged} ${did.join(', ')}, not judged`;
}

/** Why it cannot be compared, and the way out. A branch that sets rules needs none: its run is the next baseline. */
function notComparable(report: Report, verdict: Verdict): Sentence {
  const [none] = report.datasets.flatMap(({ dataset, baseline }) =>
    baseline.kind === 'none' ? [{ dataset, baseline }] : [],
  );
  if (report.subject === 'tracked_branch') {
    const because = none ? sentence`: ${whyNone(none.baseline)}` : [];
    return sentence`${MARKS.first_run} First comparable run${because}`;
  }
  if (!none) {
    const points = open(verdict, 'not_comparable');
    return sentence`${MARKS.not_comparable} Not comparable: ${first(points.map(pointSentence))}${wayOut(points)}`;
  }
  return sentence`${MARKS.not_comparable} Not comparable: ${whyNone(none.baseline)}. To mend it, ${remedyOfNone(none.baseline, { ...report, ...none })}`;
}

/** A doubt stops a merge only where the rules say so. */
function inconclusive({ stopsMerge }: Report, verdict: Verdict): Sentence {
  const points = open(verdict, 'inconclusive');
  const why = first(points.map(pointSentence));
  if (!stopsMerge) return sentence`${MARKS.inconclusive} Inconclusive: ${why}`;
  return sentence`${MARKS.fail} Inconclusive, and ${code('on_inconclusive: fail')} is set: ${why}${wayOut(points)}`;
}

function failure(verdict: Verdict): Sentence {
  const { evaluationSets } = verdict;
  const missing = verdict.missing.filter(({ accepted }) => !accepted);
  if (missing.length > 0) return sentence`Incomplete: ${first(missing.map(missingSentence))}`;
  const changed = evaluationSets.filter(({ outcome, accepted }) => outcome === 'fail' && !accepted);
  if (changed.length > 0)
    return sentence`Evaluation set changed: ${first(changed.map(evaluationSetSentence))}${wayOut(changed)}`;
  const failed = open(verdict, 'fail');
  return sentence`${first(failed.map(pointSentence))}${wayOut(failed)}`;
}

type Point = EvaluationSetResult | GateResult;

/** Everything that came to an outcome and was not accepted. */
function open({ evaluationSets, gates }: Verdict, wanted: 'fail' | 'inconclusive' | 'not_comparable'): Point[] {
  return [...evaluationSets, ...gates].filter(({ outcome, accepted }) => outcome === wanted && !accepted);
}

function pointSentence(point: Point): Sentence {
  return 'kind' in point ? gateSentence(point) : evaluationSetSentence(point);
}

/** What lets the first of them pass without a change of the rules. */
function wayOut([point]: readonly Point[]): Sentence {
  return point ? sentence`. If that is intended: ${acceptCommand(point)}` : [];
}

function success(report: Report, verdict: Verdict): Sentence {
  // Whoever accepts a missing baseline gives up the comparison of everything that lacks one.
  const blind = verdict.gates.filter(({ accepted, reason }) => accepted && reason === 'no_baseline');
  if (blind.length > 0)
    return sentence`${MARKS.accepted} Accepted without a comparison: ${first(blind.map(gateSentence))}`;
  const accepted = [
    ...verdict.missing.filter((each) => each.accepted).map(missingSentence),
    ...verdict.evaluationSets.filter((each) => each.accepted).map(evaluationSetSentence),
    ...verdict.gates.filter((each) => each.accepted).map(gateSentence),
  ];
  if (accepted.length > 0) return sentence`${MARKS.accepted} Accepted: ${first(accepted)}`;
  const { unchanged } = verdict;
  if (unchanged.length > 0 && report.datasets.length === 0) return unchangedHeadline(unchanged);
  const held =
    verdict.gates.length === 0
      ? 'No gates are set'
      : verdict.gates.length === 1
        ? '1 gate passes'
        : `All ${plural(verdict.gates.length, 'gate')} pass`;
  const moved = movedMetrics(report);
  const rest = unchanged.length > 0 ? sentence`; no input of ${namesOf(unchanged)} changed` : [];
  return sentence`${MARKS.pass} ${held}: ${moved.length > 0 ? join(moved, ', ') : 'no metric changed'}${rest}`;
}

/** No training was needed: what was compared instead. */
function unchangedHeadline(unchanged: readonly Unchanged[]): Sentence {
  const files = new Set(unchanged.flatMap(({ inputs }) => inputs)).size;
  const what = files === 0 ? 'the configuration' : `the configuration and ${plural(files, 'file')}`;
  return sentence`${MARKS.pass} No input changed since ${shaCode(unchanged[0]!.base)}: compared ${what} of ${namesOf(unchanged)}`;
}

function namesOf(unchanged: readonly Unchanged[]): Sentence {
  return join(
    unchanged.map(({ dataset }) => code(dataset)),
    ', ',
  );
}

/** A dataset's first run, and rightly so. */
function firstRun({ verdict }: Report): Sentence {
  const floors = verdict?.gates.some(({ kind, outcome }) => kind === 'floor' && outcome === 'pass');
  return sentence`${MARKS.first_run} First run: there is nothing to compare with yet${floors ? '; the floors hold' : ''}`;
}

/** The first of several, and how many there are besides. */
function first(sentences: readonly Sentence[]): Sentence {
  const [one = []] = sentences;
  return sentences.length > 1 ? sentence`${one} (and ${String(sentences.length - 1)} more)` : one;
}
