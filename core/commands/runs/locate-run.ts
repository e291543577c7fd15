import { AppError } from '../../errors/app-error.ts';
import type { EvidenceStore } from '../../evidence/evidence.ts';
import { evidencePath } from '../../evidence/evidence-codec.ts';
import { models } from '../../models/index.ts';
import { commandModelPathOf, modelPathOf, modelSha256 } from '../../models/model-file.ts';
import type { ProjectFiles } from '../../ports/project-files.ts';
import { sha256Hex } from '../../random/sha256.ts';
import { plural } from '../../report/numbers.ts';
import type { Run } from '../../tracking/run.ts';
import type { RunLocations } from '../../tracking/run-locations.ts';

/** Where the evidence and the model of a run are, and whether the model is still the run's own. */
export async function locateRun(
  run: Run,
  world: { readonly files: ProjectFiles; readonly evidence: EvidenceStore; readonly evidenceFolder: string },
): Promise<RunLocations> {
  return { evidence: await evidenceOf(run, world), model: await modelOf(run, world.files) };
}

async function evidenceOf(
  { id, measuredOn }: Run,
  { evidence: store, evidenceFolder }: { readonly evidence: EvidenceStore; readonly evidenceFolder: string },
): Promise<string> {
  if (measuredOn === 'self_reported') return 'none: its command reported the numbers';
  try {
    const predictions = await store.get(id);
    if (!predictions) return 'not here';
    const { rowSet, evidence } = predictions;
    return `${evidenceFolder}/${evidencePath(id)}: ${plural(rowSet.keys.length, 'row')}, ${plural(evidence.repeats.length, 'repeat')}`;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return `cannot be read: ${error.problems[0]!.message}`;
  }
}

async function modelOf(run: Run, files: ProjectFiles): Promise<string> {
  if (run.modelSha256 === null) return 'the command left none';
  const isOurs = models.has(run.model);
  const path = isOurs ? modelPathOf(run) : commandModelPathOf(run);
  if (!(await files.exists(path))) return `not found; it was ${path}`;
  try {
    const bytes = await files.read(path);
    const sha256 = isOurs ? modelSha256(bytes) : sha256Hex(bytes);
    return sha256 === run.modelSha256 ? path : `${path} is not the model of this run: it was trained again later`;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return `${path} cannot be read: ${error.problems[0]!.message}`;
  }
}
