import { readAcceptLines } from '../../core/comparison/accept-line.ts';
import { createChangeFacts } from '../../github/change-facts.ts';
import type { InstalledRepository } from '../installation.ts';
import { updateGate } from './gate.ts';

/** Whether a comment accepts something, or did before somebody edited it. What it is worth is asked of the API. */
export function isAcceptance(...bodies: readonly (string | undefined)[]): boolean {
  return bodies.some((body) => readAcceptLines(body ?? '').length > 0);
}

/** Judges a pull request anew, by the comments that it has now. */
export async function judgeAgain(world: InstalledRepository, number: number): Promise<void> {
  const { headSha } = await createChangeFacts(world.octokit, world.repository).pullRequest(number);
  await updateGate(world, headSha);
}
