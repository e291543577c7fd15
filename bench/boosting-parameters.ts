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

/** The same in LightGBM's words, with a least hessian of 0.3 per leaf, which ours has where a class is rare. */
export const LIGHTGBM = {
  n_estimators: 100,
  learning_rate: 0.1,
  num_leaves: 31,
  min_data_in_leaf: 20,
  min_sum_hessian_in_leaf: 0.3,
  max_bin: 255,
} as const;

/** The same in XGBoost's words. Of classes it knows no least rows per leaf, but a least hessian. */
export const XGBOOST = {
  n_estimators: 100,
  learning_rate: 0.1,
  grow_policy: 'lossguide',
  max_leaves: 31,
  max_depth: 0,
  max_bin: 255,
  reg_lambda: 0,
  min_child_weight: 0.3,
  min_rows_of_values: 20,
} as const;

/** The same in CatBoost's words: trees that grow leaf by leaf from all rows, without its ordered boosting and its noise. */
export const CATBOOST = {
  iterations: 100,
  learning_rate: 0.1,
  grow_policy: 'Lossguide',
  max_leaves: 31,
  depth: 16,
  min_data_in_leaf: 20,
  border_count: 254,
  l2_leaf_reg: 0,
  boosting_type: 'Plain',
  bootstrap_type: 'No',
  random_strength: 0,
  score_function: 'L2',
  leaf_estimation_iterations: 1,
} as const;
