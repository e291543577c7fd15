import { ConfigError } from '../../errors/app-error.ts';
import { suggest } from '../../registry/suggest.ts';
import type { RunSummary } from '../run-summary.ts';
import type { Field, Value } from './filter.ts';

/** What kind of value a field has; a parameter is of any. */
export type FieldKind = 'text' | 'number' | 'flag' | 'time' | 'any';

interface RunField {
  readonly kind: FieldKind;
  readonly meaning: string;
  readonly of: (run: RunSummary) => Value;
}

/** The fields that every run has. */
const RUN_FIELDS: ReadonlyMap<string, RunField> = new Map<string, RunField>([
  ['id', { kind: 'text', meaning: 'of the run', of: ({ id }) => id }],
  ['dataset', { kind: 'text', meaning: 'its dataset', of: ({ dataset }) => dataset }],
  ['model', { kind: 'text', meaning: 'its model', of: ({ model }) => model }],
  ['task', { kind: 'text', meaning: 'regression or classification', of: ({ task }) => task }],
  ['target', { kind: 'text', meaning: 'the column predicted', of: ({ target }) => target }],
  ['created', { kind: 'time', meaning: 'when, in UTC', of: ({ created }) => created }],
  ['sha', { kind: 'text', meaning: 'the commit; its first digits suffice', of: ({ sha }) => sha }],
  ['branch', { kind: 'text', meaning: 'the branch', of: ({ branch }) => branch }],
  ['dirty', { kind: 'flag', meaning: 'with uncommitted changes', of: ({ dirty }) => dirty }],
]);

const GROUPS: ReadonlyMap<string, Field['group']> = new Map([
  ['metrics', 'metrics'],
  ['test', 'test'],
  ['params', 'params'],
]);

const EVERY_FIELD = [...RUN_FIELDS.keys(), 'metrics.<id>', 'test.<id>', 'params.<name>'];

/**
 * @param place where it is written, for messages.
 * @throws ConfigError for a name that is no field.
 */
export function fieldOf(text: string, place: string): Field {
  const dot = text.indexOf('.');
  const group = GROUPS.get(text.slice(0, Math.max(dot, 0)));
  if (group && dot + 1 < text.length) return { group, name: text.slice(dot + 1) };
  if (RUN_FIELDS.has(text)) return { group: 'run', name: text };
  const near =
    dot < 0 || dot + 1 === text.length
      ? suggest(text, RUN_FIELDS.keys())
      : withGroup(suggest(text.slice(0, dot), GROUPS.keys()), text.slice(dot));
  throw new ConfigError({
    place,
    message: `there is no field "${text}"`,
    allowed: EVERY_FIELD.join(', '),
    next: near ? `did you mean "${near}"?` : `a metric is metrics.${text}, a parameter params.${text}`,
  });
}

function withGroup(group: string | undefined, rest: string): string | undefined {
  return group && group + rest;
}

export function kindOf({ group, name }: Field): FieldKind {
  if (group === 'run') return RUN_FIELDS.get(name)!.kind;
  return group === 'params' ? 'any' : 'number';
}

/** What a run has there; null for nothing. */
export function valueIn({ group, name }: Field, run: RunSummary): Value {
  if (group === 'run') return RUN_FIELDS.get(name)!.of(run);
  if (group === 'params') return Object.hasOwn(run.params, name) ? run.params[name]! : null;
  const metric = Object.hasOwn(run.metrics, name) ? run.metrics[name] : undefined;
  return metric?.[group === 'test' ? 'test' : 'pooled'] ?? null;
}

/**
 * Metrics and parameters can only be told from typing mistakes by what there is: the function returned throws ConfigError
 * for a name that no run has. Without runs every name is allowed.
 *
 * @param metricIds metrics that may be asked for although no run has them.
 */
export function nameChecker(
  runs: readonly RunSummary[],
  metricIds: readonly string[],
): (field: Field, place: string) => void {
  let known: { readonly metrics: Set<string>; readonly params: Set<string> } | undefined;
  return ({ group, name }, place) => {
    if (group === 'run' || runs.length === 0) return;
    known ??= namesIn(runs, metricIds);
    const names = group === 'params' ? known.params : known.metrics;
    if (names.has(name)) return;
    const near = suggest(name, names);
    throw new ConfigError({
      place,
      message: `no run has ${group}.${name}`,
      allowed: [...names].sort().slice(0, 40).join(', '),
      ...(near && { next: `did you mean "${group}.${near}"?` }),
    });
  };
}

function namesIn(runs: readonly RunSummary[], metricIds: readonly string[]) {
  const known = { metrics: new Set(metricIds), params: new Set<string>() };
  for (const { metrics, params } of runs) {
    for (const id of Object.keys(metrics)) known.metrics.add(id);
    for (const name of Object.keys(params)) known.params.add(name);
  }
  return known;
}

/** The fields with what they mean, for help. */
export function describeFields(): readonly (readonly [name: string, meaning: string])[] {
  return [
    ...Array.from(RUN_FIELDS, ([name, { meaning }]) => [name, meaning] as const),
    ['metrics.<id>', 'the metric over all rows, out of fold'],
    ['test.<id>', 'the metric on the test set'],
    ['params.<name>', 'a parameter of the model'],
  ];
}
