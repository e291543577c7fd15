import { posix, win32 } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isRecordPath } from './record-path.ts';

it.each([
  'README.md',
  'runs/2026/11/24/20261124-073812-churn-random_forest-0badc0de.json',
  'runs/2026/11/24/20261124-073812-..-.-0badc0de.json',
  `evidence/${'a'.repeat(64)}.rows`,
])('allows %s', (path) => {
  expect(isRecordPath(path)).toBe(true);
});

it('allows no path that leads elsewhere, whatever the system', () => {
  const part = fc.oneof(fc.constantFrom('..', '.', '', 'a', '~', 'C:', '.git', 'a.'), fc.string({ maxLength: 3 }));
  const path = fc.array(part, { maxLength: 4 }).chain((parts) => fc.constantFrom(parts.join('/'), parts.join('\\')));
  fc.assert(
    fc.property(path, (given) => {
      if (!isRecordPath(given)) return;
      expect(posix.join('root', given)).toBe(`root/${given}`);
      expect(win32.join('root', given)).toBe(`root\\${given.replaceAll('/', '\\')}`);
    }),
  );
});
