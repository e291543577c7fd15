import { StoreError } from '../../errors/app-error.ts';
import { models } from '../../models/index.ts';
import { commandModelPathOf, modelPathOf, modelSha256, parseModel } from '../../models/model-file.ts';
import type { ModelSignature } from '../../models/signature.ts';
import type { TrainedModel } from '../../models/trained-model.ts';
import type { ProjectFiles } from '../../ports/project-files.ts';
import { shortSha } from '../../records/short-sha.ts';
import type { Run } from '../../tracking/run.ts';
import type { RunStore } from '../../tracking/run-store.ts';
import { readRun } from '../runs/read-run.ts';

/** A model that training kept, with what it was trained on. */
export interface KeptModel {
  readonly model: TrainedModel;
  readonly signature: ModelSignature;
  /** As runs know it. */
  readonly sha256: string;
}

/**
 * @param name a model's file, or a run (`findRun`) whose file is still in `models/`.
 * @throws StoreError for a model that is not there, belongs to a command, damaged or replaced since the run.
 */
export async function readKeptModel(files: ProjectFiles, runs: RunStore, name: string): Promise<KeptModel> {
  const isFile = await files.exists(name);
  const run = isFile ? undefined : await readRun(runs, name, { place: '--model', orFile: true });
  if (run && !models.has(run.model)) throw notOurs(run);
  const path = run ? modelPathOf(run) : name;
  const bytes = await files.read(path);
  if (run && modelSha256(bytes) !== run.modelSha256) {
    throw new StoreError({
      file: path,
      message: `is not the model of run ${run.id}: it was trained again later`,
      next: `go back to the run's commit (${run.git.sha === null ? 'unknown' : shortSha(run.git.sha)}) and train, or predict with the file as it is: --model ${path}`,
    });
  }
  const model = parseModel(bytes, path);
  if (!model.signature)
    throw new StoreError({ file: path, message: 'does not say what it was trained on', next: 'train it again' });
  return { model, signature: model.signature, sha256: modelSha256(bytes) };
}

function notOurs(run: Run): StoreError {
  const { id, model, modelSha256: sha256 } = run;
  return new StoreError({
    place: '--model',
    message: `run ${id} cannot predict here: its model, "${model}", belongs to the command that trained it`,
    found: sha256 === null ? 'the command left no model' : `the command left ${commandModelPathOf(run)}`,
    next: 'predict with your own program, or with a run of another model',
  });
}
