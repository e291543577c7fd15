import { markdownTable } from 'markdown-table';
import type { z } from 'zod';
import { describeInput, OUTPUTS } from '../../action/action-yml.ts';
import { actionInputs } from '../../action/inputs.ts';
import { budgets } from '../../core/budgets/index.ts';
import { commands } from '../../core/commands/index.ts';
import { projectSchema } from '../../core/config/schema.ts';
import { generators } from '../../core/datasets/index.ts';
import { injectors } from '../../core/datasets/injectors/index.ts';
import { LEVEL } from '../../core/drift/chance.ts';
import { driftTests } from '../../core/drift/tests/index.ts';
import { metrics } from '../../core/metrics/index.ts';
import type { Metric } from '../../core/metrics/metric.ts';
import { trainers } from '../../core/trainers/index.ts';
import { spaceFor } from '../../core/tuning/tuning.ts';
import { jsonSchemaOf, type Row, rowsOf, shownValue } from './schema-rows.ts';

/** docs/reference.md: every key, option, input, model, metric and dataset, from their schemas and registries. */
export function renderReference(): string {
  return [
    '# Reference',
    '',
    'Generated from the schemas and registries. `npm test -- -u` refreshes it.',
    ...projectSections(),
    ...section(2, 'Models', []),
    'Set parameters under `models.<model>` for all datasets, or under `datasets.<name>.models.<model>` for one.',
    ...trainers.all.flatMap(({ id, summary, params }) => [
      ...paramsSection(`\`${id}\``, summary, params),
      ...searchedLines(id),
    ]),
    ...metricSection(),
    ...section(2, 'Generated datasets', [
      ['Generator', 'Rows', 'Target', 'Description'],
      ...generators.all.map((each) => [`\`${each.id}\``, String(each.defaultRows), `\`${each.target}\``, each.summary]),
    ]),
    ...section(2, 'Drift tests', [
      ['Test', 'Columns', 'Drifted from', 'Description'],
      ...driftTests.all.map(({ id, columnKinds, kind, threshold, summary }) => [
        `\`${id}\``,
        columnKinds.join(', '),
        kind === 'distance' ? `${threshold} upwards, and p < ${LEVEL}` : `p < ${threshold}`,
        summary,
      ]),
    ]),
    ...section(2, 'Injected drift', []),
    'Ways in which `generator.drift` changes the second window of a generated dataset. Each list entry has an `id` and its parameters.',
    ...injectors.all.flatMap(({ id, summary, params }) => paramsSection(`\`${id}\``, summary, params)),
    ...commandSections(),
    ...actionSections(),
    '',
  ].join('\n');
}

function projectSections(): string[] {
  const rows = spacesOnce(rowsOf(jsonSchemaOf(projectSchema)).filter(({ path }) => !/(^|\.)models\./.test(path)));
  const ofDataset = rows.flatMap((row) => under('datasets.<name>.', row));
  const ofGates = ofDataset.flatMap((row) => under('gates.', row));
  return [
    ...section(2, '`mlops.yml`', [KEYS, ...cellsOf(rows.filter(({ path }) => !path.startsWith('datasets.')))]),
    ...section(2, '`datasets.<name>`', [KEYS, ...cellsOf(ofDataset.filter(({ path }) => !path.startsWith('gates.')))]),
    ...section(2, '`datasets.<name>.gates`', [KEYS, ...cellsOf(gateRows(ofGates))]),
    ...section(3, 'Budgets', [
      ['Budget', 'Unit', 'Meaning'],
      ...budgets.all.map(({ id, unit, summary }) => [`\`${id}\``, unit, summary]),
    ]),
  ];
}

/** What `mlops tune` varies of a model where `mlops.yml` does not say. */
function searchedLines(model: string): string[] {
  const space = Object.entries(spaceFor({ spaces: {} }, model));
  if (space.length === 0) return [];
  const texts = space.map(([name, each]) => {
    if (each.type === 'categorical')
      return `\`${name}\` of ${each.choices.map((choice) => `\`${choice}\``).join(', ')}`;
    return `\`${name}\` from ${each.low} to ${each.high}${each.log ? ' by orders of magnitude' : ''}`;
  });
  return ['', `\`mlops tune\` varies ${texts.join('; ')}.`];
}

/** The keys of a search space, once for all models and parameters. */
function spacesOnce(rows: readonly Row[]): Row[] {
  const named = rows.map((row) => ({
    ...row,
    path: row.path.replace(/tuning\.spaces\.[^.]+\.[^.]+/, 'tuning.spaces.<model>.<parameter>'),
  }));
  const first = named.filter(({ path }, i) => named.findIndex((other) => other.path === path) === i);
  return first.map((row) => {
    if (!row.path.endsWith('<parameter>.type')) return row;
    const values = named.filter(({ path }) => path === row.path).map(({ value }) => value);
    return { ...row, value: [...new Set(values)].join(', ') };
  });
}

/** The keys of one gate, once for all metrics and once for all budgets. */
function gateRows(rows: readonly Row[]): Row[] {
  const [metric, budget] = [metrics.ids[0], budgets.ids[0]];
  const named = (id: string, name: string) => (row: Row) =>
    under(`${id}.`, row).map((each) => ({ ...each, path: `${name}.${each.path}` }));
  const isOfOne = ({ path }: Row) => [...metrics.ids, ...budgets.ids, 'slices'].includes(path.split('.')[0]!);
  return [
    ...rows.flatMap(named(metric, '<metric>')),
    {
      path: 'slices.<metric>',
      value: 'the keys of `<metric>`',
      fallback: '',
      meaning: 'Rules for each slice of `slices`.',
    },
    ...rows.flatMap(named(budget, '<budget>')),
    ...rows.filter((row) => !isOfOne(row)),
  ];
}

function under(prefix: string, row: Row): Row[] {
  return row.path.startsWith(prefix) ? [{ ...row, path: row.path.slice(prefix.length) }] : [];
}

function metricSection(): string[] {
  return section(2, 'Metrics', [
    ['Metric', 'Meaning', 'Better', 'Range', 'Targets', 'Needs', 'Interval and noise', 'By default'],
    ...metrics.all.map((metric) => [
      `\`${metric.id}\``,
      metric.summary,
      metric.direction === 'maximize' ? 'higher' : 'lower',
      rangeText(metric.range),
      metric.targetTypes.join(', '),
      metric.needs,
      NOISE[metric.uncertainty],
      metric.byDefault ? 'yes' : '',
    ]),
  ]);
}

/** Where a metric's interval and the standard error of its differences come from. */
const NOISE: Record<Metric['uncertainty'], string> = {
  influence: 'influence of each row',
  bootstrap: 'paired bootstrap',
  none: 'none, so no `max_drop`',
};

function rangeText([low, high]: Metric['range']): string {
  return `${Number.isFinite(low) ? String(low).replace('-', '−') : '−∞'} to ${Number.isFinite(high) ? high : '∞'}`;
}

function commandSections(): string[] {
  return [
    ...section(2, 'Commands', [
      ['Command', 'In the Action', 'Description'],
      ...commands.all.map(({ id, summary, doors }) => [
        `\`mlops ${id}\``,
        doors.includes('action') ? `\`command: ${id}\`` : '',
        summary,
      ]),
    ]),
    ...commands.all.flatMap(({ id, options }) => {
      const rows = rowsOf(jsonSchemaOf(options));
      return rows.length === 0 ? [] : section(3, `\`mlops ${id}\``, [OPTIONS, ...cellsOf(rows)]);
    }),
  ];
}

function actionSections(): string[] {
  return [
    ...section(2, 'Inputs of the Action', [
      ['Input', 'Default', 'Meaning'],
      ...Object.entries(actionInputs()).map(([name, schema]) => [
        `\`${name}\``,
        name === 'token' ? "the job's token" : shownValue(schema.safeParse(undefined).data),
        describeInput(schema),
      ]),
    ]),
    ...section(2, 'Outputs of the Action', [
      ['Output', 'Meaning'],
      ...Object.entries(OUTPUTS).map(([name, meaning]) => [`\`${name}\``, meaning]),
    ]),
  ];
}

const KEYS = ['Key', 'Value', 'Default', 'Meaning'];
const OPTIONS = ['Option', 'Value', 'Default', 'Meaning'];
const PARAMETERS = ['Parameter', 'Value', 'Default', 'Meaning'];

function paramsSection(title: string, summary: string, params: z.ZodType): string[] {
  const rows = rowsOf(jsonSchemaOf(params));
  const text = `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;
  return rows.length === 0
    ? ['', `### ${title}`, '', `${text} No parameters.`]
    : ['', `### ${title}`, '', text, '', tableOf([PARAMETERS, ...cellsOf(rows)])];
}

function cellsOf(rows: readonly Row[]): string[][] {
  return rows.map(({ path, value, fallback, meaning }) => [`\`${path}\``, value, fallback, meaning]);
}

function section(level: 2 | 3, title: string, rows: readonly (readonly string[])[]): string[] {
  return ['', `${'#'.repeat(level)} ${title}`, '', ...(rows.length === 0 ? [] : [tableOf(rows)])];
}

/** Not padded: one long cell would make every line as long. */
function tableOf(rows: readonly (readonly string[])[]): string {
  const safe = rows.map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  return markdownTable(safe, { align: rows[0]!.map(() => 'l'), alignDelimiters: false });
}
