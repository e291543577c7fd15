import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createTableCache } from './table-cache.ts';

// Its work is told in test/doors/lfs-tables.test.ts, with GitHub's own client.
it.each<[string, string, NodeJS.Platform]>([
  ['where the client would find another tar', 'tables', 'darwin'],
  ['where the client would find another tar', 'tables', 'win32'],
  ['in a folder that PATH cannot name', 'tab:les', 'linux'],
])('nothing is restored or saved %s', async (_why, name, platform) => {
  const folder = join(mkdtempSync(join(tmpdir(), 'cache-')), name);
  const told: string[] = [];
  const log = { info: (line: string) => told.push(line), debug: (line: string) => told.push(line) };
  const cache = createTableCache(folder, { env: {}, log, platform });
  await cache.restore({ sha256: 'a'.repeat(64), bytes: 1 });
  await cache.save({ sha256: 'a'.repeat(64), bytes: 1 });
  expect(told).toEqual([]);
  expect(existsSync(folder)).toBe(false);
});
