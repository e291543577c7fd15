import { trainable } from '../../config/planned-models.ts';
import type { Project } from '../../config/project.ts';
import { AppError } from '../../errors/app-error.ts';
import { problemSentence } from '../../errors/problem-sentence.ts';
import type { RunStore } from '../../tracking/run-store.ts';
import type { StudyResult } from '../../tuning/study-result.ts';
import { spaceFor, tuningFor } from '../../tuning/tuning.ts';
import type { Ports } from '../ports.ts';
import { openStudyOf, tuneModel } from '../tune/tune-model.ts';
import type { LoadedDataset } from './load-dataset.ts';

/** Whether the pipeline tunes; null: where `tuning.pipeline` says so. */
export type TuneWish = 'always' | 'never' | null;

/** What the tuning step of a pipeline found. */
export interface TunedDatasets {
  readonly studies: readonly StudyResult[];
  readonly files: readonly string[];
  readonly warnings: readonly string[];
  readonly isInterrupted: boolean;
}

/**
 * The tuning step of a pipeline: a study for each model that has parameters to search. A study that is complete is not run again. Nothing
 * is written into the project file, and nothing that is judged depends on it: a study that cannot be run is a warning.
 *
 * @param options.runs where the best trial is recorded. It belongs to no commit.
 */
export async function tuneDatasets(
  datasets: readonly LoadedDataset[],
  ports: Ports,
  options: { readonly project: Pick<Project, 'tuning'>; readonly wish: TuneWish; readonly runs: RunStore },
): Promise<TunedDatasets> {
  const own: Ports = { ...ports, runs: options.runs };
  const studies: StudyResult[] = [];
  const files: string[] = [];
  const warnings: string[] = [];
  for (const dataset of datasets) {
    const tuning = tuningFor(options.project.tuning, dataset.config.tuning);
    if (options.wish === 'never' || (options.wish === null && !tuning.pipeline)) continue;
    for (const model of trainable(dataset.models)) {
      const space = spaceFor(tuning, model.id);
      if (Object.keys(space).length === 0) continue;
      const label = `${dataset.config.id} ${model.id}`;
      try {
        const open = await openStudyOf(dataset, model, { tuning, space }, own);
        const { result, warnings: told } = await tuneModel(open, own);
        studies.push({ ...result, written: null });
        files.push(open.journal);
        warnings.push(...told);
        if (result.ended === 'interrupted') return { studies, files, warnings, isInterrupted: true };
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        warnings.push(`${label} is not tuned: ${problemSentence(error)}`);
      }
    }
  }
  return { studies, files, warnings, isInterrupted: false };
}
