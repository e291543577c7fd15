import type { Unchanged, Verdict } from '../comparison/verdict.ts';
import { shaCode } from './baseline-sentences.ts';
import { code, type Fragment, prose, type Sentence, sentence, text } from './fragments.ts';
import { evaluationSetSentence, gateSentence, missingSentence } from './gate-sentences.ts';
import { MARKS, markOf } from './marks.ts';
import { plural } from './numbers.ts';
import type { Report } from './report-schema.ts';

/** What is missing, evaluation sets that changed, and every gate, a sentence each. */
export function verdictSentences({ missing, evaluationSets, gates, unchanged }: Verdict): Sentence[] {
  const changed = evaluationSets.filter(({ outcome }) => outcome !== 'pass');
  return [
    ...missing.map(
      (each) => sentence`${each.accepted ? MARKS.accepted : MARKS.fail} missing: ${missingSentence(each)}`,
    ),
    ...unchanged.map(unchangedSentence),
    ...changed.map(
      (each) =>
        sentence`${markOf(each)} ${evaluationSetSentence(each)}${each.accepted ? [] : onChangedData(each.dataset)}`,
    ),
    ...gates.map((gate) => sentence`${markOf(gate)} ${gateSentence(gate)}`),
  ];
}

function unchangedSentence({ dataset, base, inputs }: Unchanged): Sentence {
  const files =
    inputs.length === 0 ? 'its configuration was' : `its configuration and ${plural(inputs.length, 'file')} were`;
  return sentence`${MARKS.pass} ${code(dataset)}: no input changed since ${shaCode(base)}, so its models are the same; ${files} compared`;
}

function onChangedData(dataset: string): Sentence {
  return sentence`. That is more than 1 %, so the two runs are not scored on the same rows. If this is intended: ${code(`mlops accept ${dataset}.evaluation`)}`;
}

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
