import type { LimitGate } from '../comparison/gate-result.ts';
import { code, number, type Sentence, sentence } from './fragments.ts';
import { sliceName, trainedOn } from './gate-sentences.ts';
import type { Report } from './report-schema.ts';
import { undecidedLimit } from './undecided-limit.ts';

/** The smallest true drop that each limit catches. */
export function smallestDrops({ verdict }: Report): Sentence[] {
  return (verdict?.gates ?? []).flatMap((gate): Sentence[] => {
    if (gate.kind !== 'limit' || !gate.compared?.test) return [];
    const { standardError, earlierError } = gate.compared.test;
    const on = gate.slice ? sentence` on ${sliceName(gate.slice)}` : [];
    const earlier = earlierError === undefined ? [] : sentence`, of earlier changes up to ${number(earlierError)}`;
    const what = sentence`${code(gate.dataset)} ${gate.metric}${on}${trainedOn(gate)}`;
    const undecided = undecidedLimit(gate);
    return [
      sentence`${what}: ${caught(gate)} (standard error ${number(standardError)}${earlier})`,
      ...(undecided ? [sentence`${what}: ${undecided}`] : []),
    ];
  });
}

function caught({ direction, allowed, compared }: LimitGate): Sentence {
  const worse = direction === 'maximize' ? 'drop' : 'rise';
  const { baseline, test } = compared!;
  const { smallestDrop, mostDrop, standardError } = test!;
  if (standardError === 0 && smallestDrop <= (allowed ?? 0))
    return sentence`no row is scored otherwise than in the baseline, so it is not known yet which ${worse} is caught`;
  if (mostDrop === undefined) return sentence`a true ${worse} of ${number(smallestDrop)} is caught nine times in ten`;
  if ((allowed ?? 0) >= mostDrop)
    return sentence`the limit of ${number(allowed)} allows any ${worse} from ${number(baseline)}`;
  return sentence`with so few rows no ${worse} from ${number(baseline)} is sure to be caught, not even the largest that there can be`;
}
