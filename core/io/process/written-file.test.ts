import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createProjectFiles } from '../project-files.ts';
import { readWrittenFile } from './written-file.ts';

const home = mkdtempSync(join(tmpdir(), 'written-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));
const at = (name: string) => join(home, name);
writeFileSync(at('file'), 'hello');
mkdirSync(at('folder'));
symlinkSync('/etc/passwd', at('link'));
symlinkSync(at('nothing'), at('dangling'));
symlinkSync('/dev/zero', at('zeros'));
execFileSync('mkfifo', [at('pipe')]);
writeFileSync(at('sparse'), '');
truncateSync(at('sparse'), 2 ** 43);

describe('readWrittenFile', () => {
  it('reads a regular file up to the size that is allowed', async () => {
    expect(await readWrittenFile(at('file'), 5)).toEqual({ kind: 'file', bytes: new TextEncoder().encode('hello') });
    expect(await readWrittenFile(at('file'), 4)).toEqual({ kind: 'too_large', bytes: 5 });
    expect(await readWrittenFile(at('sparse'), 1e9)).toEqual({ kind: 'too_large', bytes: 2 ** 43 });
  });

  it('knows when nothing is there', async () => {
    expect(await readWrittenFile(at('absent'), 5)).toEqual({ kind: 'absent' });
    expect(await readWrittenFile(join(at('file'), 'below'), 5)).toEqual({ kind: 'absent' });
  });

  it.each([
    ['folder', 'a folder'],
    ['link', 'a symbolic link'],
    ['dangling', 'a symbolic link'],
    ['zeros', 'a symbolic link'],
    ['pipe', 'a named pipe (FIFO)'],
  ])('does not open a %s', async (name, what) => {
    expect(await readWrittenFile(at(name), 1e9)).toEqual({ kind: 'not_a_file', what });
  });

  it('does not open a device or a socket', async () => {
    expect(await readWrittenFile('/dev/zero', 1e9)).toEqual({ kind: 'not_a_file', what: 'a device' });
    const server = createServer();
    await new Promise<void>((done) => server.listen(at('socket'), done));
    try {
      expect(await readWrittenFile(at('socket'), 1e9)).toEqual({ kind: 'not_a_file', what: 'a socket' });
    } finally {
      server.close();
    }
  });
});

describe('files of the project', () => {
  it.each([
    ['pipe', 'a named pipe (FIFO)'],
    ['zeros', 'a device'],
  ])('a %s is not read', async (name, what) => {
    await expect(createProjectFiles(home).read(name)).rejects.toThrow(
      `${name}: is not a regular file\n  found: ${what}\n  next: name a file of the project`,
    );
  });
});
