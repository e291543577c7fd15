import type { BaselineSearch } from '../comparison/baseline-search.ts';
import { compareDatasets, type JudgeRequest, judgeRuns } from '../comparison/judge-runs.ts';
import { policyFor, stopsMerge } from '../comparison/outcome.ts';
import { keptModel } from '../comparison/selected-model.ts';
import type { Verdict } from '../comparison/verdict.ts';
import { judgeByBase } from '../config/judge-keys.ts';
import type { DatasetDrift } from '../drift/drift-result.ts';
import { mostDrifted } from '../drift/most-drifted.ts';
import type { Run } from '../tracking/run.ts';
import type { StudyResult } from '../tuning/study-result.ts';
import { summaryOf } from '../tuning/study-summary.ts';
import { VERSION } from '../version.ts';
import { datasetReport } from './dataset-report.ts';
import { REPORT_SCHEMA, type Report } from './report-schema.ts';

/** Everything a report rests on: what a verdict rests on, and where and why it was asked for. */
export interface ReportRequest extends JudgeRequest {
  readonly command: string;
  /** Otherwise the runs are only shown. */
  readonly judges: boolean;
  /** Why nothing is judged although the command judges; null where that needs no words. */
  readonly notJudged: {
    readonly reason: 'nothing_to_merge' | 'no_repository' | 'not_expected';
    readonly why: string;
  } | null;
  readonly place: Report['place'];
  readonly head: Report['head'];
  readonly changedFiles: readonly string[] | null;
  readonly runUrl: string | null;
  /** Where baselines were looked for. */
  readonly search: BaselineSearch;
  /** Every run that the store of baselines has, for trends. */
  readonly recorded: readonly Run[];
  readonly warnings: readonly string[];
  /** How a comment can accept what does not hold; default: no comment can. */
  readonly accepting?: NonNullable<Report['accepting']> | null;
  /** What is known of drift, and what studies found; default: nothing. */
  readonly drift?: readonly DatasetDrift[];
  readonly studies?: readonly StudyResult[];
  /** Ids of runs that stood in for training again. */
  readonly reused?: ReadonlySet<string>;
}

/**
 * Judges runs and reports on them, from records alone: a job that trained, one that collects others' runs, and one that has only the
 * store write the same bytes.
 */
export function reportOf(request: ReportRequest): Report {
  const { datasets, verdict } = judgementOf(request);
  const { drift = [], studies = [] } = request;
  return {
    schema: REPORT_SCHEMA,
    command: request.command,
    place: request.place,
    verdict,
    subject: request.subject,
    stopsMerge: stopsMerge(verdict?.outcome ?? null, policyFor(request.base ?? request.project, request.subject)),
    notJudged: request.notJudged?.why ?? null,
    ...(request.accepting && { accepting: request.accepting }),
    datasets: datasets.map((dataset) => datasetReport(dataset, request)),
    ...(drift.length > 0 && { drift: drift.map(mostDrifted) }),
    ...(studies.length > 0 && { studies: studies.map(summaryOf) }),
    judgeChanges: [...judgeByBase(request.project, request.base).changes],
    head: request.head,
    changedFiles: request.changedFiles && [...request.changedFiles],
    warnings: [
      ...request.warnings,
      ...datasets.flatMap(({ config, comparison }) => {
        const [first] = comparison.candidate.values();
        const own = comparison.candidate.get(keptModel(comparison) ?? '') ?? first;
        return (own?.run.data.warnings ?? []).map((warning) => `\`${config.path}\`: ${warning}`);
      }),
    ],
    errors: [],
    runUrl: request.runUrl,
    version: VERSION,
  };
}

function judgementOf(request: ReportRequest) {
  if (request.judges) return judgeRuns(request);
  // A command that trains nothing has nothing to show.
  const datasets = request.runs.length > 0 ? compareDatasets(request) : [];
  return {
    datasets,
    verdict: request.notJudged?.reason === 'nothing_to_merge' ? NOTHING_TO_MERGE : null,
  };
}

const NOTHING_TO_MERGE: Verdict = {
  outcome: 'nothing_to_merge',
  missing: [],
  evaluationSets: [],
  gates: [],
  unchanged: [],
};
