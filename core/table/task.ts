/** What a model is asked to learn. scikit-learn's `type_of_target` is named in `TargetType`. */
export type Task = 'regression' | 'classification';

/** scikit-learn's words for targets (`sklearn.utils.multiclass.type_of_target`). */
export type TargetType = 'continuous' | 'binary' | 'multiclass';
