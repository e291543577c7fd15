import type { NoBaseline } from '../comparison/baseline.ts';
import type { BaselineNote } from '../comparison/baseline-notes.ts';
import type { SplitPlan } from '../dataset/split-plan.ts';
import { code } from './escape.ts';
import { percent, plural } from './numbers.ts';
import type { BaselineReport, Report } from './report.ts';

/** How foreign prose is shown: escaped for Markdown, as it is in a terminal. */
type Quote = (text: string) => string;

/** What a data set was compared with, how far behind that is and how much of it is shared. */
export function baselineSentence(baseline: Exclude<BaselineReport, { kind: 'none' }>): string {
  const { kind, sha, commitsBehind: behind, sharedRows, pairing, provenance } = baseline;
  const commits = (n: number) => plural(n, 'commit');
  const where = {
    merge_base: behind === 0 ? 'the merge base' : `${commits(behind)} before the merge base, the nearest with a run`,
    parent:
      behind === 0 ? 'the commit before this one' : `${commits(behind + 1)} before this one, the nearest with a run`,
    head:
      behind === 0
        ? 'the commit under these changes'
        : `${commits(behind)} before the commit under these changes, the nearest with a run`,
    named:
      behind === 0 ? 'the commit asked for' : `${commits(behind)} before the commit asked for, the nearest with a run`,
    champion: 'the champion, since no commit on the way back has a run',
  }[kind];
  const rows =
    sharedRows === null
      ? 'rows could not be paired'
      : `${percent(sharedRows)} of its rows shared, paired by ${pairing}`;
  const belief = {
    trusted: 'trusted: recorded by the default branch’s own workflow',
    local: 'from this machine, vouched for by nobody',
  }[provenance];
  return `baseline ${code(sha.slice(0, 7))} (${where}), ${rows}, ${belief}`;
}

/** Why there is no baseline, without what to do. */
export function noBaselineSentence(why: NoBaseline, quote: Quote): string {
  switch (why.reason) {
    case 'no_run':
      return 'no run of it has been recorded yet';
    case 'only_uncommitted':
      return 'its runs are all of uncommitted changes, and no commit stands for those';
    case 'target_changed':
      return `the target changed from ${code(why.before)} to ${code(why.after)}, so no earlier run can be compared`;
    case 'task_changed':
      return `the task changed from ${why.before} to ${why.after}, so no earlier run can be compared`;
    case 'split_changed':
      return `the split changed from ${splitName(why.before)} to ${splitName(why.after)}, so no earlier run can be compared`;
    case 'no_commit':
      return 'nothing is committed here, so no run can be said to come before this one';
    case 'unrelated':
      return 'this commit and the one it is to be merged into have no common ancestor';
    case 'shallow':
      return why.commits === 0
        ? 'this clone is shallow and does not reach a commit to compare with'
        : `this clone is shallow, and none of the ${plural(why.commits, 'commit')} that it reaches has a run`;
    case 'not_recorded':
      if (why.from === null) return 'this commit has no ancestor, and the runs there are belong to another history';
      return `no run was recorded at ${code(why.from.slice(0, 7))}${why.commits > 1 ? ` or the ${plural(why.commits - 1, 'commit')} before it` : ''}`;
    case 'unverified':
      return `the run at ${code(why.sha.slice(0, 7))} cannot be verified: ${quote(why.detail)}`;
    case 'refused':
      return `the run at ${code(why.sha.slice(0, 7))} is not to be believed, and no older one is taken in its place: ${quote(why.detail)}`;
  }
}

function splitName({ folds, group, time, gap }: SplitPlan): string {
  const apart = gap > 0 ? `, ${gap} apart` : '';
  const by = group !== null ? ` by ${code(group)}` : time !== null ? ` in the order of ${code(time)}${apart}` : '';
  return `${plural(folds, 'fold')}${by}`;
}

/** What to do about having no baseline. */
export function noBaselineRemedy(why: NoBaseline, place: Report['place']): string {
  const record = {
    laptop: 'check out the default branch and run `mlops train` there once',
    default_branch: 'this run is recorded, and what follows is compared with it',
    pull_request: 'run the workflow on the default branch once',
    merge_group: 'run the workflow on the default branch once',
    branch: 'run the workflow on the default branch once',
  }[place];
  switch (why.reason) {
    case 'no_run':
    case 'target_changed':
    case 'task_changed':
    case 'split_changed':
      return record;
    case 'only_uncommitted':
    case 'no_commit':
      return 'commit, then run `mlops train` once';
    case 'unrelated':
      return 'rebase onto the default branch, or name a commit to compare with (`baseline`)';
    case 'shallow':
      return 'fetch the rest with `git fetch --unshallow`';
    case 'not_recorded':
      return `${record}; or name a commit that has a run as \`baseline.champion\``;
    case 'unverified':
      return why.expired
        ? `${record}: GitHub keeps artifacts for 90 days unless told otherwise`
        : `let this job read it, or ${record}`;
    case 'refused':
      return `${record}: a newer run of it is looked at first`;
  }
}

/** What a reader should know of a comparison. */
export function noteSentence(note: BaselineNote, quote: Quote): string {
  switch (note.note) {
    case 'unverified_passed_over':
      return `the run at ${code(note.sha.slice(0, 7))} was passed over, since it cannot be verified: ${quote(note.detail)}`;
    case 'few_rows_passed_over':
      return `the run at ${code(note.sha.slice(0, 7))} shares ${percent(note.shared)} of its rows, too few`;
    case 'champion_unknown':
      return `\`baseline.champion\` is ${code(note.name)}, which is no commit or tag that can be found here: correct it, or fetch it`;
    case 'other_branch':
      return `its run was recorded on ${code(note.branch)}, not on ${code(note.defaultBranch)}: commits count, not the names of branches`;
    case 'columns_added':
      return `${plural(note.columns.length, 'new column')} (${list(note.columns)})${note.by === 'key' ? ': rows are recognised by the columns that the baseline knew' : ''}`;
    case 'columns_gone':
      return `${plural(note.columns.length, 'column')} gone (${list(note.columns)}): ${
        {
          key: 'rows are recognised without',
          position: 'rows are taken to be the same by their place, since all targets are equal in order',
          unpaired: 'rows can no longer be recognised',
        }[note.by]
      }`;
    case 'rows_added':
      return `${plural(note.rows, 'new row')}: shown, not gated`;
    case 'rows_gone':
      return `${plural(note.rows, 'row')} of the baseline gone: both sides are measured without`;
    case 'rows_relabelled':
      return `${plural(note.rows, 'row')} with another target than before: both sides are measured without`;
    case 'targets_unknown':
      return 'the baseline’s targets are no longer kept: whether other rows have another target than before is not known';
    case 'unpaired':
      return note.evidence
        ? 'rows could not be paired: only recorded standard errors are compared, which catches less'
        : 'there are no predictions to pair row by row (`tracking.evidence` is off, or they are gone): only recorded standard errors are compared, which catches less';
    case 'metrics_new':
      return note.recomputed
        ? `${list(note.metrics)} was not measured for the baseline then: computed now, from the predictions it kept`
        : `${list(note.metrics)} was not measured for the baseline: nothing to compare with yet, recorded from now on`;
    case 'models_new':
      return `${list(note.models)} is new: nothing to compare with yet, recorded from now on`;
    case 'models_gone':
      return `${list(note.models)} was in the baseline and is no longer trained`;
    case 'models_renamed':
      return `${list(note.gone)} is gone and ${list(note.added)} is new: a renamed model is a new one, with nothing to compare with yet, recorded from now on`;
  }
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, 8).map(code).join(', ');
  return names.length > 8 ? `${shown} and ${names.length - 8} more` : shown;
}
