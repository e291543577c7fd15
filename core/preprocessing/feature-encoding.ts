/**
 * How a model wants its features: `dense` gets numbers only (imputed, one-hot encoded, scaled: for models that multiply
 * features by weights), `native` gets numbers with NaN for missing and category codes (for trees).
 */
export type FeatureEncoding = 'dense' | 'native';
