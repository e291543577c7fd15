/**
 * What is simulated of pull requests that are pushed again and again. Fixed before the first figure was seen; replicates below 0 are for
 * fitting how much worse a change has to be.
 */
export const PUSHES = 10;
export const ROWS = 700;
export const REPLICATES = 100;
/** For each cell, to find the change. */
export const FITTED_ON = 30;
/** Replicates of each cell that CI makes again. */
export const REPLAYED = 3;

/** How many standard errors beyond what a limit catches half of the time the change is worse: one push is caught nine times in ten. */
export const BEYOND = 1.28;
/** Critical value of one limit, in standard errors. */
export const CRITICAL = 2.33;

/** A kind of pull request. */
export interface PushCell {
  readonly metric: 'rmse' | 'roc_auc';
  /** In standard errors of the difference. */
  readonly limit: number;
  /** Standard deviation of what is new in the predictions of each push. The rows' own errors have .5, and what all pushes share is fitted. */
  readonly news: number;
}

/** A push is nearly the last one (another seed of a large forest), or a model of its own. */
const NEWS = [0.1, 0.3];
const LIMITS = [0, 1, CRITICAL];

export const pushCells: readonly PushCell[] = (['rmse', 'roc_auc'] as const).flatMap((metric) =>
  NEWS.flatMap((news) => LIMITS.map((limit) => ({ metric, limit, news }))),
);
