import type { NoBaseline } from '../comparison/no-baseline.ts';
import type { NotRemade, RemadeWhy } from '../comparison/remade.ts';
import type { SplitPlan } from '../dataset/split-plan.ts';
import { shortSha } from '../records/short-sha.ts';
import { code, prose, type Sentence, sentence } from './fragments.ts';
import { duration, percent, plural } from './numbers.ts';
import type { BaselineReport, Report } from './report-schema.ts';

type Found = Exclude<BaselineReport, { kind: 'none' }>;

/** What a dataset was compared with, how far behind that is and how much of it is shared. */
export function baselineSentence(baseline: Found): Sentence {
  const { sha, sharedRows, pairing, provenance, branch } = baseline;
  const rows =
    sharedRows === null
      ? 'its rows could not be paired'
      : `${percent(sharedRows)} of its rows shared, paired by ${pairing}`;
  if (baseline.remade)
    return sentence`baseline ${shaCode(sha)} (${placeOf(baseline)}); ${rows}; ${remadeSentence(baseline.remade)}`;
  const trust =
    provenance === 'local'
      ? 'local run, not verified'
      : sentence`verified: recorded by the workflow run of ${branch === null ? 'a branch that sets the rules' : code(branch)}`;
  return sentence`baseline ${shaCode(sha)} (${placeOf(baseline)}); ${rows}; ${trust}`;
}

/** How long it took to train the base commit here, and why it was. */
function remadeSentence({ seconds, why }: NonNullable<Found['remade']>): Sentence {
  const when = seconds === null ? 'earlier on this machine' : `here in ${duration(seconds)}`;
  return sentence`re-made ${when}, ${remadeBecause(why)}`;
}

function remadeBecause(why: RemadeWhy): Sentence {
  switch (why.reason) {
    case 'asked_for':
      return sentence`as ${code('baseline.remake: always')} says`;
    case 'other_engine':
      return sentence`since the run that is kept was trained by engine ${String(why.before)}, and this one by engine ${String(why.after)}`;
    case 'older_run':
      return sentence`since the nearest run is of ${shaCode(why.sha)}, whose inputs may be others`;
    default:
      return sentence`since ${noBaselineSentence(why)}`;
  }
}

function placeOf({ kind, commitsBehind: behind, sameInputs }: Found): string {
  const why = sameInputs ? 'with the same inputs' : 'the nearest with a run';
  const before = (place: string, n = behind) => `${plural(n, 'commit')} before ${place}, ${why}`;
  switch (kind) {
    case 'base':
      return behind === 0 ? 'the base commit' : before('the base commit');
    case 'parent':
      return behind === 0 ? 'the commit before this one' : before('this one', behind + 1);
    case 'head':
      return behind === 0 ? 'the commit under these changes' : before('the commit under these changes');
    case 'named':
      return behind === 0 ? 'the commit asked for' : before('the commit asked for');
    case 'champion':
      return 'the champion, since no earlier commit has a run';
  }
}

/** Why there is no baseline, without what to do. */
export function noBaselineSentence(why: NoBaseline): Sentence {
  switch (why.reason) {
    case 'no_run':
      return sentence`no run of this dataset has been recorded${why.place === undefined ? ' yet' : sentence` in ${prose(why.place)}`}`;
    case 'only_uncommitted':
      return sentence`all earlier runs are of uncommitted changes, so they belong to no commit`;
    case 'target_changed':
      return sentence`the target changed from ${code(why.before)} to ${code(why.after)}, so earlier runs cannot be compared`;
    case 'task_changed':
      return sentence`the task changed from ${code(why.before)} to ${code(why.after)}, so earlier runs cannot be compared`;
    case 'split_changed':
      return sentence`the split changed from ${splitName(why.before)} to ${splitName(why.after)}, so earlier runs cannot be compared`;
    case 'no_repository':
      return prose(why.why);
    case 'no_commit':
      return sentence`nothing is committed yet`;
    case 'unrelated':
      return sentence`this commit and the target branch have no common ancestor`;
    case 'no_default_branch':
      return sentence`it is not known which branch this will be merged into`;
    case 'shallow':
      return why.commits === 0
        ? sentence`this clone is shallow and does not contain a commit to compare with`
        : sentence`this clone is shallow, and none of the ${plural(why.commits, 'commit')} it contains has a run`;
    case 'not_recorded':
      if (why.from === null)
        return sentence`this commit has no parent, and the recorded runs belong to another history`;
      return sentence`no run is recorded for ${shaCode(why.from)}${why.commits > 1 ? ` or the ${plural(why.commits - 1, 'commit')} before it` : ''}`;
    case 'key_scheme_changed':
      return sentence`rows are recognised in another way now (key scheme ${String(why.before)} → ${String(why.after)}), so earlier runs cannot be compared`;
    case 'no_permission':
      return sentence`this job may not read the workflow runs of ${shaCode(why.sha)}`;
    case 'no_artifacts':
      return sentence`${code(why.server)} has no artifact service, like every GitHub Enterprise Server, so no run can be verified`;
    case 'still_running':
      return sentence`the workflow ${code(why.workflow)} of ${shaCode(why.sha)} is still running`;
    case 'artifact_gone':
    case 'artifact_damaged':
    case 'run_deleted':
      return sentence`the run at ${shaCode(why.sha)} cannot be verified: ${prose(why.detail)}`;
  }
}

type None = Extract<BaselineReport, { kind: 'none' }>;

/** Why there is no baseline, neither one that is kept nor one that was trained here; without what to do. */
export function whyNone({ why, notRemade }: None): Sentence {
  return notRemade
    ? sentence`${noBaselineSentence(why)}, and ${notRemadeSentence(notRemade)}`
    : noBaselineSentence(why);
}

/** What to do about it. */
export function remedyOfNone(
  { why, notRemade }: None,
  { dataset, place }: { readonly dataset: string; readonly place: Report['place'] },
): Sentence {
  const remedy = noBaselineRemedy(why, place);
  const accept = code(`mlops accept ${dataset}.baseline`);
  switch (notRemade?.obstacle) {
    case 'no_digest':
      return sentence`write the SHA-256 of ${code(notRemade.path)} into ${code('mlops.yml')} of the branch that this goes into (${code('sha256: …')} beside ${code('path')}; ${accept} lets that change through), or ${remedy}`;
    case 'other_bytes':
      return sentence`let the job fetch that version of ${code(notRemade.path)} too, or ${remedy}`;
    case 'failed':
      return sentence`accept it where this change corrects that: ${accept}`;
    default:
      return remedy;
  }
}

/** Why the base commit could not be trained here instead. */
function notRemadeSentence(not: NotRemade): Sentence {
  switch (not.obstacle) {
    case 'custom':
      return sentence`the base commit is not trained here, since a command of the change could stand in for its ${code('custom')} command`;
    case 'no_digest':
      return sentence`the base commit cannot be trained here, since nothing in it says which bytes ${code(not.path)} had`;
    case 'other_bytes':
      return sentence`the base commit cannot be trained here, since ${code(not.path)} is not here as ${code(not.named)} of that commit names it`;
    case 'unreadable':
      return sentence`the base commit cannot be trained here, since its ${code(not.path)} cannot be read: ${prose(not.detail)}`;
    case 'failed':
      return sentence`the base commit cannot be trained: ${prose(not.detail)}`;
  }
}

function splitName({ folds, group, time, gap, duplicates = 'auto' }: SplitPlan): Sentence {
  const apart = gap > 0 ? `, ${gap} apart` : '';
  const by =
    group !== null
      ? sentence` grouped by ${code(group)}`
      : time !== null
        ? sentence` ordered by ${code(time)}${apart}`
        : duplicates === 'auto'
          ? []
          : sentence`, equal rows ${duplicates === 'group' ? 'together' : 'spread'}`;
  return sentence`${plural(folds, 'fold')}${by}`;
}

/** What to do about having no baseline. */
export function noBaselineRemedy(why: NoBaseline, place: Report['place']): Sentence {
  const record = recordIt(place);
  switch (why.reason) {
    case 'no_run':
    case 'target_changed':
    case 'task_changed':
    case 'split_changed':
      return record;
    case 'only_uncommitted':
      return place === 'tracked_branch' ? record : prose('commit, then run `mlops train` once');
    case 'no_commit':
      return prose('commit, then run `mlops train` once');
    case 'no_repository':
      return prose(why.next);
    case 'unrelated':
      return prose('rebase onto the default branch, or name a commit to compare with (`baseline`)');
    case 'no_default_branch':
      return prose('run `git remote set-head origin --auto`, or name the commit to compare with (`baseline`)');
    case 'shallow':
      return prose('fetch the rest with `git fetch --unshallow`');
    case 'not_recorded':
      return sentence`${record}, or name a commit that has a run as ${code('baseline.champion')}`;
    case 'key_scheme_changed':
    case 'artifact_damaged':
      return record;
    case 'no_permission':
      return sentence`grant the job ${code('permissions: actions: read')}`;
    case 'still_running':
      return prose('re-run this job when it has ended');
    case 'no_artifacts':
      return prose('compare on a laptop with `mlops pipeline`, or on github.com');
    case 'artifact_gone':
    case 'run_deleted':
      return sentence`${record}; GitHub deletes runs and artifacts after 90 days unless the repository says otherwise`;
  }
}

/** Where a person works on a branch that sets rules, the run that was just made is the next baseline, as in a job of it. */
export function remedyPlace({ place, subject }: Pick<Report, 'place' | 'subject'>): Report['place'] {
  return place === 'laptop' && subject === 'tracked_branch' ? 'tracked_branch' : place;
}

function recordIt(place: Report['place']): Sentence {
  switch (place) {
    case 'laptop':
      return prose('check out the default branch and run `mlops train` once');
    case 'tracked_branch':
      return sentence`this run is recorded, and later changes are compared with it`;
    case 'pull_request':
    case 'merge_group':
    case 'branch':
      return sentence`run the workflow on the default branch once`;
  }
}

/** Why there is nothing to compare with, and what to do, dataset by dataset. No report folds it: it decides what the verdict is worth. */
export function missingBaselines(report: Report): Sentence[] {
  const place = remedyPlace(report);
  return report.datasets.flatMap(({ dataset, baseline }) =>
    baseline.kind === 'none'
      ? [
          sentence`${code(dataset)} has no baseline: ${whyNone(baseline)}; ${remedyOfNone(baseline, { dataset, place })}`,
        ]
      : [],
  );
}

/** A commit's abbreviated SHA, as code. */
export function shaCode(sha: string) {
  return code(shortSha(sha));
}
