import type { BaselineNote } from '../comparison/baseline-note.ts';
import type { NoBaseline } from '../comparison/no-baseline.ts';
import type { NotRemade, NotTimed } from '../comparison/remade.ts';

export const sha = 'b7e23ec'.padEnd(40, '0');
const detail = 'the artifact of workflow run 17, attempt 1, has expired <script> @team';

/** Every reason, so that none can be without a sentence. */
export const everyReason: { readonly [Reason in NoBaseline['reason']]: NoBaseline & { readonly reason: Reason } } = {
  no_run: { reason: 'no_run' },
  only_uncommitted: { reason: 'only_uncommitted' },
  target_changed: { reason: 'target_changed', before: 'Churn`x', after: 'Churned' },
  task_changed: { reason: 'task_changed', before: 'regression', after: 'classification' },
  split_changed: {
    reason: 'split_changed',
    before: { folds: 5, group: 'customer', time: null, gap: 0 },
    after: { folds: 6, group: null, time: 'day|x', gap: 7 },
  },
  no_repository: { reason: 'no_repository', why: 'no git repository', next: 'run `git init` and commit' },
  no_commit: { reason: 'no_commit' },
  unrelated: { reason: 'unrelated' },
  no_default_branch: { reason: 'no_default_branch' },
  shallow: { reason: 'shallow', commits: 3 },
  not_recorded: { reason: 'not_recorded', commits: 12, from: sha },
  key_scheme_changed: { reason: 'key_scheme_changed', before: 1, after: 2 },
  no_permission: { reason: 'no_permission', sha, detail: 'GitHub answered 403' },
  no_artifacts: { reason: 'no_artifacts', sha, server: 'github.example.org' },
  artifact_gone: { reason: 'artifact_gone', sha, detail },
  artifact_damaged: { reason: 'artifact_damaged', sha, detail: 'workflow run 7: its digest differs <b> @team' },
  still_running: { reason: 'still_running', sha, workflow: '.github/workflows/`<b>@team.yml' },
  run_deleted: { reason: 'run_deleted', sha, detail: 'workflow run 7 no longer exists on GitHub' },
};

/** Every obstacle, so that none can be without a sentence. */
export const everyObstacle: { readonly [What in NotRemade['obstacle']]: NotRemade & { readonly obstacle: What } } = {
  custom: { obstacle: 'custom' },
  no_digest: { obstacle: 'no_digest', path: 'data/`<b>|@team.csv' },
  other_bytes: { obstacle: 'other_bytes', path: 'churn.csv', named: 'churn.csv.dvc' },
  unreadable: { obstacle: 'unreadable', path: 'churn.csv', detail: 'it is a symlink there <b> @team' },
  failed: { obstacle: 'failed', detail: 'churn.csv: the table has no column "left" <b> @team' },
};

/** Every reason not to time the base commit, so that none can be without a sentence. */
export const everyReasonNotTimed: { readonly [What in NotTimed['obstacle']]: NotTimed & { readonly obstacle: What } } =
  {
    ...everyObstacle,
    not_allowed: { obstacle: 'not_allowed' },
    other_inputs: { obstacle: 'other_inputs' },
    no_base: { obstacle: 'no_base' },
  };

/** Every note, so that none can be without a sentence. */
export const everyNote: { readonly [Note in BaselineNote['note']]: BaselineNote & { readonly note: Note } } = {
  unverified_passed_over: { note: 'unverified_passed_over', sha, detail },
  record_altered: { note: 'record_altered', run: '20261124-073812-churn-random_forest-0badc0de' },
  runs_pooled: { note: 'runs_pooled', model: 'random_forest', runs: 3 },
  runs_not_pooled: { note: 'runs_not_pooled', model: 'dummy', run: '20261124-073812-churn-dummy-0badc0de', others: 1 },
  other_engine: { note: 'other_engine', before: 1, after: 2 },
  older_run: { note: 'older_run', days: 5, maxAge: 14 },
  few_rows_passed_over: { note: 'few_rows_passed_over', sha, shared: 0.41 },
  champion_unknown: { note: 'champion_unknown', name: 'v`1' },
  other_branch: { note: 'other_branch', branch: 'master', defaultBranch: 'main' },
  columns_added: { note: 'columns_added', columns: ['plan|x', '<b>'], by: 'key' },
  columns_gone: { note: 'columns_gone', columns: ['Contract'], by: 'position' },
  rows_added: { note: 'rows_added', rows: 1200 },
  trained_twice: { note: 'trained_twice', models: ['random_forest'] },
  rows_gone: { note: 'rows_gone', rows: 12 },
  rows_relabelled: { note: 'rows_relabelled', rows: 12 },
  rows_edited: { note: 'rows_edited', rows: 12 },
  targets_unknown: { note: 'targets_unknown' },
  unpaired: { note: 'unpaired', evidence: false },
  metrics_new: { note: 'metrics_new', metrics: ['f1'], recomputed: false },
  models_new: { note: 'models_new', models: ['gradient_boosting'] },
  models_gone: { note: 'models_gone', models: ['dummy'] },
  models_renamed: { note: 'models_renamed', gone: ['dummy'], added: ['logistic_regression'] },
};
