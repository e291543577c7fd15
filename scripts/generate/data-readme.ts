import { generators } from '../../core/datasets/index.ts';
import { code, text } from '../../core/report/fragments.ts';
import { table } from '../../core/report/markdown-blocks.ts';

/** The part of data/README.md that the generators say: every column of every set, and how its second window drifts. */
export function renderDataColumns(): string {
  return generators.all
    .flatMap(({ id, columns, drift }) => [
      `## \`${id}\``,
      '',
      table(
        [
          ['Column', 'Unit', 'Meaning'].map((name) => [text(name)]),
          ...columns.map(({ name, unit, summary }) => [[code(name)], [text(unit ?? '')], [text(summary)]]),
        ],
        ['l', 'l', 'l'],
      ),
      '',
      `Its second window (\`generator: { current: … }\`) is made from the next seed and drifts: ${drift
        .map(
          ({ id: how, ...params }) =>
            `\`${how}\` ${JSON.stringify(params).replaceAll('"', '').replaceAll(',', ', ').replaceAll(':', ' ')}`,
        )
        .join('; ')}.`,
      '',
    ])
    .join('\n');
}
