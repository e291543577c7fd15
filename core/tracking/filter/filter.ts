/** How a field is compared. `~` asks for a part of the text, or for all of it where it has wildcards. */
export const OPERATORS = ['=', '!=', '<', '<=', '>', '>=', '~'] as const;
export type Operator = (typeof OPERATORS)[number];

/** A value as written: null for `null`, which stands for what a run does not have. */
export type Value = string | number | boolean | null;

/** What of a run is looked at: `roc_auc` of `metrics`, or one of the fields that every run has. */
export interface Field {
  readonly group: 'run' | 'metrics' | 'test' | 'params';
  readonly name: string;
}

/** A question that is put to a run. */
export type Filter =
  | { readonly kind: 'test'; readonly field: Field; readonly operator: Operator; readonly value: Value }
  | { readonly kind: 'not'; readonly of: Filter }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Filter[] };
