import type { BaselineNote } from '../comparison/baseline-note.ts';
import { shaCode } from './baseline-sentences.ts';
import { code, join, prose, type Sentence, sentence } from './fragments.ts';
import { percent, plural } from './numbers.ts';

/** Names that a sentence lists. */
const LISTED = 8;

/** What a reader should know of a comparison. */
export function noteSentence(note: BaselineNote): Sentence {
  switch (note.note) {
    case 'unverified_passed_over':
      return sentence`the run at ${shaCode(note.sha)} was skipped, since it cannot be verified: ${prose(note.detail)}`;
    case 'record_altered':
      return sentence`the record of run ${code(note.run)} was altered on the branch of runs: the one in the artifact counts`;
    case 'runs_pooled':
      return sentence`${plural(note.runs, 'workflow run')} trained ${code(note.model)} at the baseline's commit, with different results: all count, as repeats`;
    case 'runs_not_pooled':
      return sentence`of several runs of ${code(note.model)} at the baseline's commit the earliest counts (${code(note.run)}), since ${plural(note.others, 'other')} had other rows`;
    case 'other_engine':
      return sentence`the baseline was trained by engine ${String(note.before)}, this run by engine ${String(note.after)}: the engine may be part of a difference`;
    case 'older_run':
      return sentence`the baseline was trained ${plural(note.days, 'day')} ago, which ${code(`baseline.max_age: ${plural(note.maxAge, 'day')}`)} allows: what has changed on the branch since then is part of the difference`;
    case 'few_rows_passed_over':
      return sentence`the run at ${shaCode(note.sha)} was skipped: only ${percent(note.shared)} of its rows are in this table`;
    case 'champion_unknown':
      return sentence`${code('baseline.champion')} is ${code(note.name)}, which is not a commit or tag of this repository: correct it, or fetch it`;
    case 'other_branch':
      return sentence`the baseline was recorded on ${code(note.branch)}, not on ${code(note.defaultBranch)}; commits count, not the names of branches`;
    case 'columns_added':
      return sentence`${plural(note.columns.length, 'new column')} (${list(note.columns)})${note.by === 'key' ? "; rows are matched by the baseline's columns" : ''}`;
    case 'columns_gone':
      return sentence`${plural(note.columns.length, 'column')} removed (${list(note.columns)}); ${WITHOUT_COLUMNS[note.by]}`;
    case 'rows_added':
      return sentence`${plural(note.rows, 'new row')}: shown, not judged`;
    case 'trained_twice':
      return sentence`rows were added and something else changed, so ${list(note.models)} was trained twice: without these rows, which shows what the code does, and with them, which shows what they do; both are judged on the baseline's rows`;
    case 'rows_gone':
      return sentence`${plural(note.rows, 'baseline row')} ${note.rows === 1 ? 'was' : 'were'} removed; both runs are scored without ${note.rows === 1 ? 'it' : 'them'}`;
    case 'rows_relabelled':
      return sentence`${plural(note.rows, 'row')} ${note.rows === 1 ? 'has' : 'have'} another target; both runs are scored without ${note.rows === 1 ? 'it' : 'them'}`;
    case 'rows_edited':
      return sentence`${plural(note.rows, 'row')} ${note.rows === 1 ? 'holds' : 'hold'} other values; both runs are scored without ${note.rows === 1 ? 'it' : 'them'}`;
    case 'targets_unknown':
      return sentence`the baseline's targets are no longer stored, so changed targets cannot be detected`;
    case 'unpaired':
      return note.evidence
        ? sentence`rows could not be paired: ${RECORDED_ONLY}`
        : sentence`there are no stored predictions to pair (${code('tracking.evidence')} is off, or they are gone): ${RECORDED_ONLY}`;
    case 'metrics_new':
      return note.recomputed
        ? sentence`the baseline did not measure ${list(note.metrics)}; it was computed now, from the predictions stored then`
        : sentence`the baseline did not measure ${list(note.metrics)}; it is compared from the next run on`;
    case 'models_new':
      return sentence`${list(note.models)} is new; it is compared from the next run on`;
    case 'models_gone':
      return sentence`${list(note.models)} was in the baseline and is no longer trained`;
    case 'models_renamed':
      return sentence`${list(note.gone)} was removed and ${list(note.added)} is new; a renamed model counts as new and is compared from the next run on`;
  }
}

const RECORDED_ONLY = 'only the recorded standard errors are compared, which detects less';

const WITHOUT_COLUMNS = {
  key: 'rows are matched by the other columns',
  position: 'rows are matched by position, since the targets are equal in order',
  unpaired: 'rows can no longer be matched',
} as const;

function list(names: readonly string[]): Sentence {
  const shown = join(names.slice(0, LISTED).map(code), ', ');
  return names.length > LISTED ? sentence`${shown} and ${String(names.length - LISTED)} more` : shown;
}
