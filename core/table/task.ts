/** The kind of learning task. */
export type Task = 'regression' | 'classification';

/** The type of a target, as `sklearn.utils.multiclass.type_of_target` names it. */
export type TargetType = 'continuous' | 'binary' | 'multiclass';
