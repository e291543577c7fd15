import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('../..', import.meta.url));

let folder: string;

/**
 * Bundles the Action before the stories, which start it hundreds of times. From a few files it starts in half of the time
 * that its hundreds of sources take.
 */
export async function setup(): Promise<void> {
  mkdirSync(join(root, '.cache'), { recursive: true });
  folder = mkdtempSync(join(root, '.cache', 'action-'));
  const built = await rolldown({ input: join(root, 'action/index.ts'), platform: 'node', logLevel: 'silent' });
  await built.write({ dir: folder, format: 'esm' });
  await built.close();
  process.env.STORY_ACTION = join(folder, 'index.js');
}

export function teardown(): void {
  rmSync(folder, { recursive: true, force: true });
}
