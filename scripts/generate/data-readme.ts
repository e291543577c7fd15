import { generators } from '../../core/datasets/index.ts';
import { table } from '../../core/report/markdown-table.ts';

/** The part of data/README.md that the generators say: every column of every set, and how its second window drifts. */
export function renderDataColumns(): string {
  return generators.all
    .flatMap(({ id, columns, drift }) => [
      `## \`${id}\``,
      '',
      table(
        [
          ['Column', 'Unit', 'Meaning'],
          ...columns.map(({ name, unit, summary }) => [`\`${name}\``, unit ?? '', summary]),
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
