import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { createProjectFiles } from '../core/io/project-files.ts';
import type { LfsObject } from '../core/ports/commit-tree.ts';
import { createLfsTables } from './lfs-tables.ts';

const TABLE = 'a,b\n1,2\n';
const OBJECT = objectOf(TABLE);
const path = () => join(folder, OBJECT.sha256);

let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'tables-')), 'tables');
});

function objectOf(text: string): LfsObject {
  return { sha256: createHash('sha256').update(text).digest('hex'), bytes: text.length };
}

/** Tables of a Git LFS that gives one text, and of a cache that holds another. */
function someTables(given: string | Error, cached?: string) {
  const did: string[] = [];
  const tables = createLfsTables(folder, {
    client: {
      async download(_object, keep) {
        did.push('download');
        if (given instanceof Error) throw given;
        return keep(chunks(given));
      },
    },
    cache: {
      async restore({ sha256 }) {
        did.push('restore');
        if (cached !== undefined) writeFileSync(join(folder, sha256), cached);
      },
      async save({ sha256 }) {
        did.push(`save ${readFileSync(join(folder, sha256), 'utf8')}`);
      },
    },
    log: { info: (line) => did.push(line), warn: (line) => did.push(`warning: ${line}`) },
  });
  return { tables, did };
}

async function* chunks(text: string): AsyncGenerator<Uint8Array> {
  for (const letter of text) yield Buffer.from(letter);
}

const read = async (tables: ReturnType<typeof someTables>['tables']) =>
  Buffer.from(await tables.read(OBJECT)).toString();
const NAMED = `table sha256:${OBJECT.sha256.slice(0, 12)} of 8 bytes`;

describe('createLfsTables', () => {
  it('downloads a table once, and caches it', async () => {
    const { tables, did } = someTables(TABLE);
    expect(await read(tables)).toBe(TABLE);
    expect(await read(tables)).toBe(TABLE);
    expect(did).toEqual(['restore', 'download', `${NAMED}: from Git LFS`, `save ${TABLE}`]);
    expect(readdirSync(folder)).toEqual([OBJECT.sha256]);
  });

  it('takes what the cache has', async () => {
    const { tables, did } = someTables(new Error('down'), TABLE);
    expect(await read(tables)).toBe(TABLE);
    expect(did).toEqual(['restore', `${NAMED}: from the cache of Actions`]);
  });

  it.each(['', TABLE.slice(1), TABLE.replace('1', '3'), `${TABLE}\n`])(
    'throws away %j from the cache',
    async (cached) => {
      const { tables, did } = someTables(TABLE, cached);
      expect(await read(tables)).toBe(TABLE);
      expect(did.slice(0, 3)).toEqual([
        'restore',
        `warning: ${NAMED}: what the cache of Actions holds is something else, so it is not used`,
        'download',
      ]);
    },
  );

  it('does not believe what lies in its folder', async () => {
    const { tables } = someTables(TABLE);
    await read(tables);
    writeFileSync(path(), TABLE.replace('1', '3'));
    expect(await read(tables)).toBe(TABLE);
    expect(readFileSync(path(), 'utf8')).toBe(TABLE);
  });

  it('writes to no place that a link leads to', async () => {
    const { tables } = someTables(TABLE);
    await read(tables);
    const victim = join(folder, '../victim');
    writeFileSync(victim, 'mine');
    writeFileSync(path(), '');
    const other = objectOf('x');
    symlinkSync(victim, join(folder, other.sha256));
    await expect(tables.read(other)).rejects.toThrow(/what Git LFS gave is not what it names/);
    expect(readFileSync(victim, 'utf8')).toBe('mine');
  });

  it.each([
    ['other bytes', TABLE.replace('1', '3'), /found: oid sha256:[0-9a-f]{64}, 8 bytes/],
    ['fewer bytes', TABLE.slice(1), /found: oid sha256:[0-9a-f]{64}, 7 bytes/],
    ['more bytes', `${TABLE}1,2\n`, /found: more than 8 bytes/],
  ])('refuses %s from Git LFS, and keeps nothing of them', async (_what, given, found) => {
    const { tables, did } = someTables(given);
    const refused = read(tables);
    await expect(refused).rejects.toThrow(found);
    await expect(refused).rejects.toThrow(`allowed: oid sha256:${OBJECT.sha256}, 8 bytes`);
    expect(did).toEqual(['restore', 'download']);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('asks for no table that is too large to be read', async () => {
    const { tables, did } = someTables(TABLE);
    const refused = tables.read({ ...OBJECT, bytes: 2 ** 31 });
    await expect(refused).rejects.toThrow(/found: 2147483648 bytes\n {2}allowed: at most 2147483647 bytes/);
    expect(did).toEqual([]);
  });
});

describe('readTable', () => {
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${OBJECT.sha256}\nsize 8\n`;
  const project = (lfs?: Parameters<typeof createProjectFiles>[1]) => {
    const root = mkdtempSync(join(tmpdir(), 'project-'));
    writeFileSync(join(root, 'a.csv'), pointer);
    writeFileSync(join(root, 'b.csv'), TABLE);
    return createProjectFiles(root, lfs);
  };
  const textOf = async (files: ReturnType<typeof createProjectFiles>, name: string) =>
    Buffer.from(await files.readTable(name)).toString();

  it('gives what a pointer names, and any other file as it is', async () => {
    const files = project(someTables(TABLE).tables);
    expect(await textOf(files, 'a.csv')).toBe(TABLE);
    expect(await textOf(files, 'b.csv')).toBe(TABLE);
    expect(Buffer.from(await files.read('a.csv')).toString()).toBe(pointer);
  });

  it('names the file of what cannot be had', async () => {
    const files = project(someTables('x').tables);
    await expect(files.readTable('a.csv')).rejects.toThrow(/^a\.csv: is a Git LFS pointer, and what Git LFS gave/);
    const broken = project(someTables(new Error('a bug')).tables);
    await expect(broken.readTable('a.csv')).rejects.toThrow(/^a bug$/);
  });

  it('gives the pointer where nobody fetches', async () => {
    expect(await textOf(project(), 'a.csv')).toBe(pointer);
  });
});
