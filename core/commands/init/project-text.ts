import { Document, isMap, isSeq, visit } from 'yaml';
import type { Reading } from '../read-mended.ts';
import type { ProposedProject } from './proposed-project.ts';

/** The text of a first project file; what was guessed and found stands in comments above it. */
export function projectText(
  {
    path,
    reading,
    comments,
  }: { readonly path: string; readonly reading: Reading; readonly comments: readonly string[] },
  proposed: Omit<ProposedProject, 'text'>,
): string {
  const { dataset, rows, columns, target, task, classes, metrics, models, gates, findings, warnings } = proposed;
  const { columns: declared, target_missing, ...format } = reading;
  const written = {
    path,
    ...format,
    target,
    ...(target_missing && { target_missing }),
    ...(declared && { columns: declared }),
    metrics,
    models,
    gates: Object.fromEntries(gates.map(({ metric, maxDrop }) => [metric, { max_drop: maxDrop }])),
  };
  const lines = [
    `${rows} rows, ${columns.length} columns; ${task}${classes.length > 0 ? ` of ${classes.join(', ')}` : ''}`,
    ...warnings,
    ...comments,
    ...(findings.length > 0 ? ['Data check:'] : []),
    ...findings.map(({ message, next }) => `- ${message}${next === null ? '' : `; ${next}`}`),
  ];
  return [
    '# Every key: https://github.com/org/mlops-action/blob/main/docs/reference.md',
    ...lines.map((line) => `# ${line.replace(/\s+/g, ' ')}`),
    yamlText({ datasets: { [dataset]: written } }),
  ].join('\n');
}

/** Lists and the maps in maps on one line each. */
function yamlText(project: object): string {
  const document = new Document(project);
  visit(document, {
    Collection(_, node, path) {
      // datasets, the dataset, its keys `columns` and `gates`; what lies below stands on one line.
      const depth = path.filter((step) => isMap(step) || isSeq(step)).length;
      if (isSeq(node) || depth > 3) node.flow = true;
    },
  });
  return document.toString({ flowCollectionPadding: true, lineWidth: 120 });
}
