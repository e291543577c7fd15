import type { Verdict } from '../comparison/verdict.ts';
import { noBaselineSentence } from './baseline-sentences.ts';
import { code, join, number, prose, type Sentence, sentence } from './fragments.ts';
import { evaluationSetSentence, gateSentence, missingSentence } from './gate-sentences.ts';
import { MARKS } from './marks.ts';
import { plural } from './numbers.ts';
import type { Report } from './report-schema.ts';

/** The verdict in one line: what e-mails and phones show of the comment. */
export function headline(report: Report): Sentence {
  const { verdict } = report;
  if (!verdict) return unjudged(report);
  const mark = MARKS[verdict.outcome];
  switch (verdict.outcome) {
    case 'fail':
      return sentence`${mark} ${failure(verdict)}`;
    case 'not_comparable':
      return sentence`${mark} Not comparable: ${first(open(verdict, 'not_comparable'))}`;
    case 'inconclusive':
      return sentence`${mark} Inconclusive: ${first(open(verdict, 'inconclusive'))}`;
    case 'first_run':
      return withoutBaseline(report);
    case 'nothing_to_merge':
      return sentence`${mark} Nothing to merge, so nothing was judged`;
    case 'error':
      return sentence`${mark} Error: ${prose(report.errors[0]?.message ?? 'the job could not finish')}`;
    case 'pass':
      return success(report, verdict);
  }
}

function unjudged({ datasets }: Report): Sentence {
  const reasons = datasets.flatMap(({ baseline }) => (baseline.kind === 'none' ? [baseline.why] : []));
  const why = reasons.find(({ reason }) => reason === 'no_repository');
  return why
    ? sentence`${MARKS.not_judged} Not judged: ${noBaselineSentence(why)}`
    : sentence`${MARKS.not_judged} ${plural(datasets.length, 'dataset')} trained, not judged`;
}

function failure(verdict: Verdict): Sentence {
  const { missing, evaluationSets } = verdict;
  if (missing.length > 0) return sentence`Incomplete: ${first(missing.map(missingSentence))}`;
  const changed = evaluationSets.filter(({ outcome, accepted }) => outcome === 'fail' && !accepted);
  if (changed.length > 0) return sentence`Evaluation set changed: ${first(changed.map(evaluationSetSentence))}`;
  return first(open(verdict, 'fail'));
}

/** Everything that came to an outcome and was not accepted. */
function open({ evaluationSets, gates }: Verdict, wanted: 'fail' | 'inconclusive' | 'not_comparable'): Sentence[] {
  const isOpen = ({ outcome, accepted }: { outcome: string; accepted?: unknown }) => outcome === wanted && !accepted;
  return [...evaluationSets.filter(isOpen).map(evaluationSetSentence), ...gates.filter(isOpen).map(gateSentence)];
}

function success(report: Report, verdict: Verdict): Sentence {
  const accepted = [
    ...verdict.evaluationSets.filter((each) => each.accepted).map(evaluationSetSentence),
    ...verdict.gates.filter((each) => each.accepted).map(gateSentence),
  ];
  if (accepted.length > 0) return sentence`${MARKS.accepted} Accepted: ${first(accepted)}`;
  const { datasets } = report;
  if (datasets.length > 0 && datasets.every(({ baseline }) => baseline.kind === 'none')) return withoutBaseline(report);
  const held =
    verdict.gates.length === 0
      ? 'No gates are set'
      : verdict.gates.length === 1
        ? '1 gate passes'
        : `All ${plural(verdict.gates.length, 'gate')} pass`;
  const moved = movedMetrics(report);
  return sentence`${MARKS.pass} ${held}: ${moved.length > 0 ? join(moved, ', ') : 'no metric changed'}`;
}

function withoutBaseline({ datasets, verdict }: Report): Sentence {
  const reasons = datasets.flatMap(({ baseline }) => (baseline.kind === 'none' ? [baseline.why] : []));
  const other = reasons.find(({ reason }) => reason !== 'no_run');
  const why = other
    ? sentence`Nothing to compare with: ${noBaselineSentence(other)}`
    : sentence`First run: there is nothing to compare with yet`;
  const floors = verdict?.gates.some(({ kind, outcome }) => kind === 'floor' && outcome === 'pass');
  return sentence`${MARKS.first_run} ${why}${floors ? '; the floors hold' : ''}`;
}

/** The primary metric of each dataset that moved. */
function movedMetrics({ datasets }: Report): Sentence[] {
  return datasets.flatMap(({ dataset, primaryMetric, selectedModel, models }) => {
    const model = models.find((each) => each.model === selectedModel);
    const metric = model?.metrics.find((each) => each.metric === primaryMetric);
    if (!metric || metric.baseline === null || metric.delta === null || metric.delta === 0) return [];
    return [
      sentence`${code(dataset)} ${primaryMetric} ${number(metric.baseline)} → ${number(metric.baseline + metric.delta)}`,
    ];
  });
}

/** The first of several, and how many there are besides. */
function first(sentences: readonly Sentence[]): Sentence {
  const [one = []] = sentences;
  return sentences.length > 1 ? sentence`${one} (and ${String(sentences.length - 1)} more)` : one;
}
