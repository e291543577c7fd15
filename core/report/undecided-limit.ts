import type { LimitGate } from '../comparison/gate-result.ts';
import { code, number, type Sentence, sentence } from './fragments.ts';
import { count, plural } from './numbers.ts';

const WORDS = {
  rows: ['row', 'rows'],
  rarest_class: ['row of the rarest class', 'rows of the rarest class'],
  clusters: ['group or stretch of time', 'groups or stretches of time'],
} as const;

/** That a limit is too small for the rows there are, and what helps; null where it is not. */
export function undecidedLimit({ allowed, compared }: LimitGate): Sentence | null {
  const undecided = compared?.test?.undecided;
  if (!undecided) return null;
  const { counted, needed, limit } = undecided;
  const wider = limit === null ? [] : sentence`, or ${code(`max_drop: ${limit}`)}`;
  const [one, many] = WORDS[counted.of];
  return sentence`${plural(counted.n, one, many)} cannot decide a limit of ${number(allowed)}: it takes about ${count(needed)} of them${wider}, or ${code('on_inconclusive: fail')}`;
}
