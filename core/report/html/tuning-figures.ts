import type { StudyResult } from '../../tuning/study-result.ts';
import { summaryOf } from '../../tuning/study-summary.ts';
import { code, number, type Sentence, sentence, text } from '../fragments.ts';
import { ARROWS } from '../gate-row.ts';
import { plural } from '../numbers.ts';
import type { Html } from '../to-html.ts';
import { conclusionOf, countsOf } from '../tuning.ts';
import type { Figures } from './figures.ts';
import { fold, html, list, table } from './html-blocks.ts';

/** Trials that the table has, best first. */
const MOST_ROWS = 100;

/** What a search tried, and what came of it. */
export function tuningFigures(study: StudyResult, figures: Figures): Html {
  const { model, metric, direction, trials } = study;
  const summary = summaryOf(study);
  const finished = trials.flatMap(({ number: n, value, state }) =>
    state === 'complete' && value !== null ? [[n, value] as const] : [],
  );
  const best: (readonly [number, number])[] = [];
  for (const [n, value] of finished) {
    const before = best.at(-1)?.[1];
    const isBetter = before === undefined || (direction === 'maximize' ? value > before : value < before);
    best.push([n, isBetter ? value : before]);
  }
  const history = figures.add(
    sentence`${metric} ${ARROWS[direction]} by trial; best ${number(best.at(-1)?.[1] ?? null)}`,
    { kind: 'trials', metric, trials: finished, best },
    fold([text('Values as a table')], trialTable(study, summary.searched)),
  );
  const title = sentence`Tuning of ${code(model)}: ${plural(trials.length, 'trial')}`;
  return fold(
    title,
    html`${list(conclusionOf(summary))}<p class="note">${countsOf(summary)}</p><div class="figures">${history}</div>`,
    { isOpen: true },
  );
}

function trialTable({ trials, metric, direction }: StudyResult, searched: readonly string[]): Html {
  const sign = direction === 'maximize' ? -1 : 1;
  const rows = trials
    .filter(({ value }) => value !== null)
    .sort((a, b) => Number(a.state !== 'complete') - Number(b.state !== 'complete') || sign * (a.value! - b.value!))
    .slice(0, MOST_ROWS)
    .map(({ number: n, value, state, isCurrent, params }) => [
      { content: sentence`${String(n)}${isCurrent ? ' (current)' : ''}` },
      { content: [text(state)] as Sentence },
      { content: [number(value)] as Sentence, value },
      ...searched.map((name) => ({ content: params[name] === undefined ? [text('—')] : [code(String(params[name]))] })),
    ]);
  const columns = [
    { heading: [text('Trial')] },
    { heading: [text('State')] },
    { heading: [text(metric)], isNumeric: true },
    ...searched.map((name) => ({ heading: [code(name)] })),
  ];
  return table([text('Trials that have a value, best first')], columns, rows, { isSortable: true });
}
