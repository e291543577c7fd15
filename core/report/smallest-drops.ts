import { code, number, type Sentence, sentence } from './fragments.ts';
import { sliceName, trainedOn } from './gate-sentences.ts';
import type { Report } from './report-schema.ts';
import { undecidedLimit } from './undecided-limit.ts';

/** The smallest true drop that each limit catches. */
export function smallestDrops({ verdict }: Report): Sentence[] {
  return (verdict?.gates ?? []).flatMap((gate): Sentence[] => {
    if (gate.kind !== 'limit' || !gate.compared?.test) return [];
    const { smallestDrop, standardError, earlierError } = gate.compared.test;
    const on = gate.slice ? sentence` on ${sliceName(gate.slice)}` : [];
    const worse = gate.direction === 'maximize' ? 'drop' : 'rise';
    const earlier = earlierError === undefined ? [] : sentence`, of earlier changes up to ${number(earlierError)}`;
    const what = sentence`${code(gate.dataset)} ${gate.metric}${on}${trainedOn(gate)}`;
    const undecided = undecidedLimit(gate);
    return [
      sentence`${what}: a true ${worse} of ${number(smallestDrop)} is caught nine times in ten (standard error ${number(standardError)}${earlier})`,
      ...(undecided ? [sentence`${what}: ${undecided}`] : []),
    ];
  });
}
