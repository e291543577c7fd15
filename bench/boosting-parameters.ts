/** The boosting that is measured: a hundred trees of 31 leaves. Ours are the defaults, written out. */
export const OURS = { n_estimators: 100, learning_rate: 0.1, max_leaf_nodes: 31 } as const;

/** HistGradientBoosting's defaults, but never stopping early. */
export const SCIKIT_LEARN = {
  max_iter: 100,
  learning_rate: 0.1,
  max_leaf_nodes: 31,
  min_samples_leaf: 20,
  max_bins: 255,
  early_stopping: false,
} as const;

/** The same in LightGBM's words, with the minimum hessian of 0.3 per leaf that ours has. */
export const LIGHTGBM = {
  n_estimators: 100,
  learning_rate: 0.1,
  num_leaves: 31,
  min_data_in_leaf: 20,
  min_sum_hessian_in_leaf: 0.3,
  max_bin: 255,
} as const;
