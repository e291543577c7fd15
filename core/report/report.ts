import type { NoBaseline } from '../comparison/baseline.ts';
import type { BaselineNote } from '../comparison/baseline-notes.ts';
import type { Verdict } from '../comparison/verdict.ts';
import type { Estimate } from '../tracking/run.ts';

/** Everything a report says, as plain data. Renderers are pure functions of it; `report.json` is this document. */
export interface Report {
  readonly schema: 1;
  readonly command: string;
  /** Where the change is judged; it sets how the report speaks of the two sides. */
  readonly place: 'pull_request' | 'merge_group' | 'default_branch' | 'branch' | 'laptop';
  /** Null when the command trained and judged nothing. */
  readonly verdict: Verdict | null;
  readonly datasets: readonly DatasetReport[];
  /** Judge keys (gates, metrics, split …) that the change edits: they take effect after merge. */
  readonly judgeChanges: readonly { readonly key: string; readonly before: string; readonly after: string }[];
  /** Commit the candidate was trained on, and whether the working tree differed from it. */
  readonly head: { readonly sha: string | null; readonly branch: string | null; readonly dirty: boolean };
  /** Files of the change that are not data (paths), or null when unknown. */
  readonly changedFiles: readonly string[] | null;
  readonly warnings: readonly string[];
  /** The workflow run to look at, or null. */
  readonly runUrl: string | null;
  readonly version: string;
}

/** One data set: its models, what they are compared with, and what changed. */
export interface DatasetReport {
  readonly dataset: string;
  readonly task: 'regression' | 'classification';
  readonly target: string;
  readonly primaryMetric: string;
  /** The model with the best primary cross-validated metric, or the one `gates.model` names. */
  readonly selectedModel: string | null;
  /** The file trained on and, when there is a baseline, the one it was trained on. */
  readonly data: {
    readonly path: string;
    readonly rows: number;
    readonly sha256: string;
    readonly columns: readonly string[];
  } | null;
  readonly baselineData: { readonly rows: number; readonly sha256: string; readonly columns: readonly string[] } | null;
  readonly baseline: BaselineReport;
  /** How the baseline was chosen, and what one side has and the other has not. */
  readonly notes: readonly BaselineNote[];
  /** Of the selected model. */
  readonly slices: readonly SliceReport[];
  readonly models: readonly ModelReport[];
}

/** Which runs the candidate was compared with, and how far to believe them. */
export type BaselineReport =
  | { readonly kind: 'none'; readonly why: NoBaseline }
  | {
      /** Where the search started: the commit before, that under uncommitted changes …; or the champion. */
      readonly kind: 'merge_base' | 'parent' | 'head' | 'named' | 'champion';
      readonly sha: string;
      /** First-parent commits between that commit and the baseline. */
      readonly commitsBehind: number;
      /** Share of the baseline's rows that the candidate has too, 0…1; null when unpaired. */
      readonly sharedRows: number | null;
      readonly pairing: 'key' | 'position' | 'unpaired';
      /** `trusted`: the API vouches for it; `local`: from this machine's own store. */
      readonly provenance: 'trusted' | 'local';
    };

/** The selected model on the rows of one value of a column. */
export interface SliceReport {
  readonly column: string;
  readonly value: string;
  readonly n: number;
  readonly metrics: readonly { readonly metric: string; readonly outOfFold: Estimate; readonly delta: number | null }[];
}

export interface ModelReport {
  readonly model: string;
  readonly run: string;
  readonly baselineRun: string | null;
  readonly metrics: readonly MetricReport[];
  readonly params: Readonly<Record<string, unknown>>;
  /** Parameters that differ from the baseline run's; `before`/`after` undefined where absent. */
  readonly changedParams: readonly { readonly name: string; readonly before: unknown; readonly after: unknown }[];
  readonly fitSeconds: number;
  readonly modelBytes: number | null;
  readonly modelSha256: string | null;
  readonly repeats: number;
  readonly measuredOn: 'folds' | 'test' | 'self_reported';
  /** Fold-by-fold mean and standard deviation of the primary metric. */
  readonly cv: { readonly mean: number | null; readonly sd: number | null };
}

export interface MetricReport {
  readonly metric: string;
  readonly direction: 'maximize' | 'minimize';
  readonly outOfFold: Estimate;
  readonly test: Estimate;
  readonly train: Estimate;
  /** The baseline's pooled out-of-fold value on the rows both have, and the difference candidate − baseline there. */
  readonly baseline: number | null;
  readonly delta: number | null;
  /** Earlier values on main, oldest first, for the sparkline. */
  readonly trend: readonly number[];
}
