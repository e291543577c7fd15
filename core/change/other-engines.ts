import { ENGINE, KEY_SCHEME } from '../engine.ts';
import type { Run } from '../tracking/run.ts';

/**
 * Datasets without those of which a run of the base commit was made by another engine or key scheme: its numbers may differ although no
 * input does.
 *
 * @param runs by their own account, so they can only cause more work.
 */
export function withoutOtherEngines<Dataset extends { readonly id: string }>(
  datasets: readonly Dataset[],
  base: string,
  runs: readonly Run[],
): Dataset[] {
  const others = new Set(
    runs
      .filter(({ git, engine, keyScheme }) => git.sha === base && (engine !== ENGINE || keyScheme !== KEY_SCHEME))
      .map(({ dataset }) => dataset),
  );
  return datasets.filter(({ id }) => !others.has(id));
}
