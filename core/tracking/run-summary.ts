import type { Run } from './run.ts';

/** What lists, filters and tables show of a metric. */
export interface MetricSummary {
  readonly direction: 'maximize' | 'minimize';
  /** On all rows, each predicted by the model that did not see it. */
  readonly pooled: number | null;
  /** Of `pooled`, 95 %: its ends, or null where none is valid. */
  readonly low: number | null;
  readonly high: number | null;
  /** On fold 0, the test set. */
  readonly test: number | null;
}

/** A run without what only its own page shows, small enough that ten thousand of them are at hand. */
export interface RunSummary {
  readonly id: string;
  /** ISO 8601, in UTC. */
  readonly created: string;
  readonly dataset: string;
  readonly model: string;
  readonly task: Run['task'];
  readonly target: string;
  readonly sha: string | null;
  readonly branch: string | null;
  readonly dirty: boolean;
  readonly params: Run['params'];
  /** The primary metric first. */
  readonly metrics: Readonly<Record<string, MetricSummary>>;
  readonly measuredOn: NonNullable<Run['measuredOn']>;
  /** The study that it is the best trial of; null: it was not searched for. */
  readonly study: string | null;
  readonly repeats: number;
  readonly rows: number;
  readonly dataSha256: string;
  readonly modelSha256: string | null;
  readonly fitSeconds: number;
}

/** What a listing found, as `RunListing` does with whole runs. */
export interface SummaryListing {
  /** Newest first (by `created`, then id). */
  readonly summaries: readonly RunSummary[];
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
}

export function summaryOf(run: Run): RunSummary {
  return {
    id: run.id,
    created: run.createdAt,
    dataset: run.dataset,
    model: run.model,
    task: run.task,
    target: run.target,
    sha: run.git.sha,
    branch: run.git.branch,
    dirty: run.git.dirty,
    params: run.params,
    metrics: Object.fromEntries(
      Object.entries(run.metrics).map(([id, { direction, outOfFold, test }]) => [
        id,
        {
          direction,
          pooled: outOfFold.value,
          low: outOfFold.ci?.[0] ?? null,
          high: outOfFold.ci?.[1] ?? null,
          test: test.value,
        },
      ]),
    ),
    measuredOn: run.measuredOn ?? 'folds',
    study: run.study?.name ?? null,
    repeats: run.split.repeats,
    rows: run.data.rows,
    dataSha256: run.data.sha256,
    modelSha256: run.modelSha256,
    fitSeconds: run.timings.fitSeconds,
  };
}
