import type { Verdict } from '../comparison/verdict.ts';
import { code, type Fragment, prose, type Sentence, sentence, text } from './fragments.ts';
import { evaluationSetSentence, gateSentence, missingSentence } from './gate-sentences.ts';
import { MARKS, markOf } from './marks.ts';
import type { Report } from './report-schema.ts';

/** What is missing, evaluation sets that changed, and every gate, a sentence each. */
export function verdictSentences({ missing, evaluationSets, gates }: Verdict): Sentence[] {
  const changed = evaluationSets.filter(({ outcome }) => outcome !== 'pass');
  return [
    ...missing.map((each) => sentence`${MARKS.fail} missing: ${missingSentence(each)}`),
    ...changed.map(
      (each) => sentence`${markOf(each)} ${evaluationSetSentence(each)}${each.accepted ? [] : ON_CHANGED_DATA}`,
    ),
    ...gates.map((gate) => sentence`${markOf(gate)} ${gateSentence(gate)}`),
  ];
}

const ON_CHANGED_DATA: Sentence = prose(
  '. That is more than 1 %, so the two runs are not scored on the same rows. If this is intended, set `on_data_change: accept` on the default branch',
);

/** Everything that does not pass, when there is more of it than the headline says. */
export function openSentences({ verdict, errors }: Report): Sentence[] {
  const open = verdict && { ...verdict, gates: verdict.gates.filter(({ outcome }) => outcome !== 'pass') };
  const sentences = [...errors.map(errorSentence), ...(open ? verdictSentences(open) : [])];
  const isMoreThanGates = open !== null && sentences.length > open.gates.length;
  return sentences.length > 1 || isMoreThanGates ? sentences : [];
}

function errorSentence({ file, place, message, found, allowed, next }: Report['errors'][number]): Sentence {
  const where: Fragment[] = [];
  if (file !== undefined) where.push(code(file), text(': '));
  if (place !== undefined) where.push(text(`${place}: `));
  const details = Object.entries({ found, allowed, next }).flatMap(([name, value]) =>
    value === undefined ? [] : sentence`; ${name}: ${prose(value)}`,
  );
  return sentence`${MARKS.error} ${where}${prose(message)}${details}`;
}
