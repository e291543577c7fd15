import type { Baseline, PassedOver } from './baseline.ts';
import type { BaselineNote } from './baseline-note.ts';
import type { BaselineSearch } from './baseline-search.ts';
import type { ModelComparison } from './compare-models.ts';
import type { DatasetComparison } from './dataset-comparison.ts';

/**
 * What a reader should know of a comparison besides its numbers: how the baseline was chosen, and what only
 * one of the sides has.
 *
 * @param options.columns of the candidate's table.
 * @param options.models every model the dataset lists, trained now or not.
 */
export function baselineNotes(
  baseline: Baseline,
  search: BaselineSearch,
  one: Pick<DatasetComparison, 'candidate' | 'comparisons' | 'metrics'>,
  options: { readonly columns: readonly string[]; readonly models: readonly string[] },
): BaselineNote[] {
  const { champion } = search;
  const notes: BaselineNote[] =
    champion && champion.sha === null ? [{ note: 'champion_unknown', name: champion.name }] : [];
  if (baseline.kind === 'none') return notes;
  notes.push(...baseline.notes, ...baseline.passedOver.map(passedOver));
  const { run } = [...baseline.evaluatedRuns.values()][0]!;
  const { branch } = run.git;
  if (branch !== null && search.defaultBranch !== null && branch !== search.defaultBranch) {
    notes.push({ note: 'other_branch', branch, defaultBranch: search.defaultBranch });
  }
  const comparison = [...one.comparisons.values()][0];
  if (comparison) {
    const before = run.data.columns.map(({ name }) => name);
    notes.push(...columnNotes(before, options.columns, comparison), ...rowNotes(comparison));
    if (comparison.pairing === 'unpaired')
      notes.push({ note: 'unpaired', evidence: hasEvidence(baseline.evaluatedRuns, one.candidate) });
  }
  const twice = [...one.comparisons].flatMap(([model, { added }]) => (added?.kind === 'twice' ? [model] : []));
  if (twice.length > 0) notes.push({ note: 'trained_twice', models: twice });
  return [
    ...notes,
    ...metricNotes(baseline.evaluatedRuns, one),
    ...modelNotes(baseline.evaluatedRuns, one.candidate, options.models),
  ];
}

function passedOver(commit: PassedOver): BaselineNote {
  return commit.why === 'unverified'
    ? { note: 'unverified_passed_over', sha: commit.sha, detail: commit.detail }
    : { note: 'few_rows_passed_over', sha: commit.sha, shared: commit.shared };
}

function columnNotes(
  before: readonly string[],
  after: readonly string[],
  { pairing: by }: ModelComparison,
): BaselineNote[] {
  const added = after.filter((name) => !before.includes(name));
  const gone = before.filter((name) => !after.includes(name));
  return [
    ...(added.length > 0 ? [{ note: 'columns_added' as const, columns: added, by }] : []),
    ...(gone.length > 0 ? [{ note: 'columns_gone' as const, columns: gone, by }] : []),
  ];
}

function rowNotes({ pairing, counts }: ModelComparison): BaselineNote[] {
  const { added, gone, relabelled, edited = 0, targetsUnknown } = counts;
  // Where no row is recognised, all are gone and all are new: another note says so.
  if (pairing === 'unpaired' && gone === counts.baselineRows) return [];
  const notes = [
    { note: 'rows_added', rows: added },
    { note: 'rows_gone', rows: gone },
    { note: 'rows_relabelled', rows: relabelled },
    { note: 'rows_edited', rows: edited },
  ] as const;
  const unknown: BaselineNote[] = targetsUnknown ? [{ note: 'targets_unknown' }] : [];
  return [...notes.filter(({ rows }) => rows > 0), ...unknown];
}

type EvaluatedRuns = DatasetComparison['candidate'];

function hasEvidence(before: EvaluatedRuns, after: EvaluatedRuns): boolean {
  return [...after].some(([model, { predictions }]) => predictions !== null && before.get(model)?.predictions != null);
}

function metricNotes(
  before: EvaluatedRuns,
  { candidate, comparisons, metrics }: Pick<DatasetComparison, 'candidate' | 'comparisons' | 'metrics'>,
): BaselineNote[] {
  const both = [...candidate.keys()].filter((model) => before.has(model));
  const added = metrics.filter(
    (id) => both.length > 0 && both.every((model) => !Object.hasOwn(before.get(model)!.run.metrics, id)),
  );
  const isRecomputed = (id: string) => both.every((model) => comparisons.get(model)?.differences.has(id));
  return [true, false].flatMap((recomputed): BaselineNote[] => {
    const these = added.filter((id) => isRecomputed(id) === recomputed);
    return these.length > 0 ? [{ note: 'metrics_new', metrics: these, recomputed }] : [];
  });
}

function modelNotes(before: EvaluatedRuns, after: EvaluatedRuns, models: readonly string[]): BaselineNote[] {
  const added = [...after.keys()].filter((model) => !before.has(model));
  const gone = [...before.keys()].filter((model) => !models.includes(model));
  if (added.length > 0 && gone.length > 0) return [{ note: 'models_renamed', gone, added }];
  if (added.length > 0) return [{ note: 'models_new', models: added }];
  return gone.length > 0 ? [{ note: 'models_gone', models: gone }] : [];
}
