/** A numeric feature. NaN where missing in the `native` encoding, never in `dense`. */
export interface NumericFeature {
  readonly kind: 'numeric';
  readonly name: string;
  readonly values: Float64Array;
}

/** A categorical feature of the `native` encoding: codes 0…nCategories−1, −1 where missing, nCategories where unseen in training. */
interface CategoricalFeature {
  readonly kind: 'categorical';
  readonly name: string;
  readonly codes: Int32Array;
  readonly nCategories: number;
}

export type Feature = NumericFeature | CategoricalFeature;

/** What a model sees: nSamples × features, column by column. */
export interface Features {
  readonly nSamples: number;
  readonly columns: readonly Feature[];
}
