import { outcomeName, outcomeSchema } from '../comparison/outcome.ts';
import { type Sentence, text } from './fragments.ts';
import { plural } from './numbers.ts';
import type { Report } from './report-schema.ts';

/** How many gates came to what, in how many datasets and models. */
export function summarySentence({ verdict, datasets }: Report): Sentence {
  if (!verdict || datasets.length === 0) return [];
  const { gates } = verdict;
  const counts = outcomeSchema.options.map(
    (outcome) =>
      [outcomeName(outcome), gates.filter((gate) => gate.outcome === outcome && !gate.accepted).length] as const,
  );
  const all = [...counts, ['accepted', gates.filter(({ accepted }) => accepted).length] as const];
  const models = datasets.reduce((sum, dataset) => sum + dataset.models.length, 0);
  return [
    text(
      [
        plural(gates.length, 'gate'),
        ...all.flatMap(([name, n]) => (n > 0 ? [`${n} ${name}`] : [])),
        plural(datasets.length, 'dataset'),
        plural(models, 'model'),
      ].join(' · '),
    ),
  ];
}
