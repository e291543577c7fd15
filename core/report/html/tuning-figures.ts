import { code, number, sentence, shownName, text } from '../fragments.ts';
import { ARROWS } from '../gate-row.ts';
import { percent, plural } from '../numbers.ts';
import type { Html } from '../to-html.ts';
import type { TuningCharts } from './charts.ts';
import type { Figures } from './figures.ts';
import { fold, html, NOTHING, table } from './html-blocks.ts';

/** What a search tried, and which parameters mattered. */
export function tuningFigures(tuning: TuningCharts, figures: Figures): Html {
  const { model, metric, direction, trials, importances } = tuning;
  const finished = trials.flatMap(({ number: n, value }) => (value === null ? [] : [[n, value] as const]));
  const best: (readonly [number, number])[] = [];
  for (const [n, value] of finished) {
    const before = best.at(-1)?.[1];
    const isBetter = before === undefined || (direction === 'maximize' ? value > before : value < before);
    best.push([n, isBetter ? value : before]);
  }
  const history = figures.add(
    sentence`${metric} ${ARROWS[direction]} by trial; best ${number(best.at(-1)?.[1] ?? null)}`,
    { kind: 'trials', metric, trials: finished, best },
    fold(
      [text('Values as a table')],
      table(
        [text('Trials that were finished')],
        [{ heading: [text('Trial')] }, { heading: [text(metric)], isNumeric: true }],
        finished.map(([n, value]) => [{ content: [text(String(n))] }, { content: [number(value)], value }]),
        { isSortable: true },
      ),
    ),
  );
  const shares = importances
    ? figures.add(
        [text('How much each parameter mattered')],
        {
          kind: 'bars',
          unit: 'Importance',
          bars: importances.map(({ parameter, share }) => ({ name: shownName(parameter), value: share })),
        },
        fold(
          [text('Values as a table')],
          table(
            [text('Parameters by importance')],
            [{ heading: [text('Parameter')] }, { heading: [text('Importance')], isNumeric: true }],
            importances.map(({ parameter, share }) => [
              { content: [code(parameter)] },
              { content: [text(percent(share))], value: share },
            ]),
          ),
        ),
      )
    : NOTHING;
  const title = sentence`Tuning of ${code(model)}: ${plural(trials.length, 'trial')}`;
  return fold(title, html`<div class="figures">${history}${shares}</div>`, { isOpen: true });
}
