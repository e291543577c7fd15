import type { Plugin } from '../../registry/registry.ts';

/** Values of a column in two tables, without missing ones: both in ascending order, neither empty. */
export interface NumericSamples {
  readonly kind: 'numeric';
  readonly reference: Float64Array;
  readonly current: Float64Array;
}

/** How often each category is in the two tables; none is in neither, and neither table is empty. */
export interface CategoricalSamples {
  readonly kind: 'categorical';
  readonly reference: Float64Array;
  readonly current: Float64Array;
}

export type Samples = NumericSamples | CategoricalSamples;

/** What a test finds. */
export interface Comparison {
  /** A distance, or the statistic that the p-value is of. Never NaN. */
  readonly statistic: number;
  /** Null of a distance. */
  readonly pValue: number | null;
}

/** Compares the values of a column in two tables. */
export interface DriftTest<Kind extends Samples['kind'] = Samples['kind']> extends Plugin {
  /** As people write it: `Wasserstein`. */
  readonly name: string;
  /** What it says: how far the values moved, or whether that is chance. */
  readonly kind: 'distance' | 'p_value';
  readonly columnKinds: readonly Kind[];
  /** Set of a test that compares columns of just so many categories; it is given no others. */
  readonly categories?: number;
  /** A distance counts from here, a p-value below. */
  readonly threshold: number;
  /** Of a distance that has one: `sd`. */
  readonly unit?: string;
  compare(samples: Extract<Samples, { kind: Kind }>): Comparison;
}

/** Whether a test finds that its column moved. */
export function isPast(
  { kind }: Pick<DriftTest, 'kind'>,
  { statistic, pValue }: Comparison,
  threshold: number,
): boolean {
  return kind === 'distance' ? statistic >= threshold : pValue! < threshold;
}

/** Writes a test of some kinds of columns as one of uniform type. */
export function defineDriftTest<const Id extends string, const Kind extends Samples['kind']>(
  test: DriftTest<Kind> & { readonly id: Id },
): DriftTest & { readonly id: Id } {
  return test as unknown as DriftTest & { readonly id: Id };
}
