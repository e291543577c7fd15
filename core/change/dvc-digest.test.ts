import { expect, it } from 'vitest';
import { digestInLock, digestInPointer } from './dvc-digest.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const MD5 = 'a304afb96060aad90176268345e10355';

it.each([
  // As `dvc add data.xml` of DVC 3 writes it.
  ['a file', `outs:\n- md5: ${MD5}\n  size: 14445097\n  hash: md5\n  path: data.xml\n`, MD5],
  ['a file, of DVC 2', `outs:\n- md5: ${MD5}\n  size: 14445097\n  path: data.xml\n`, MD5],
  ['a folder, whose list is not here', `outs:\n- md5: ${MD5}.dir\n  nfiles: 3\n  path: data\n`, undefined],
  ['a file of a cloud, which has no MD5', 'outs:\n- etag: 0x8\n  path: data.xml\n', undefined],
  ['two files', `outs:\n- md5: ${MD5}\n  path: a\n- md5: ${MD5}\n  path: b\n`, undefined],
  ['nothing', 'outs: []\n', undefined],
  ['no YAML', '{', undefined],
  ['something else', 'hello\n', undefined],
])('a pointer to %s', (_what, text, digest) => {
  expect(digestInPointer(bytes(text))).toBe(digest);
});

it('dvc.lock has the outputs of all stages', () => {
  const lock = bytes(
    `schema: '2.0'\nstages:\n  plain:\n    cmd: true\n  load:\n    cmd: load\n    deps:\n    - path: raw.csv\n      md5: ${'0'.repeat(32)}\n    outs:\n    - path: folder\n      md5: ${MD5}.dir\n    - path: d.csv\n      hash: md5\n      md5: ${MD5}\n`,
  );
  expect(digestInLock(lock, 'd.csv')).toBe(MD5);
  expect(digestInLock(lock, 'raw.csv')).toBeUndefined();
  expect(digestInLock(lock, 'folder')).toBeUndefined();
  expect(digestInLock(bytes('{'), 'd.csv')).toBeUndefined();
});
