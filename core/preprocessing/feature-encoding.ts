/**
 * How features are encoded for a model. `dense`: numbers only, imputed, one-hot encoded and scaled, for models that multiply
 * features by weights. `native`: numbers with NaN for missing values, and category codes, for trees.
 */
export type FeatureEncoding = 'dense' | 'native';
