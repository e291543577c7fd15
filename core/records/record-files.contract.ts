import { describe, expect, it } from 'vitest';
import { StoreError } from '../errors/app-error.ts';
import type { RecordFiles } from '../ports/record-files.ts';

/** A place under test. */
export interface PlaceUnderTest {
  /** Another writer's way to the same place. */
  open(): RecordFiles;
  /** Puts files there behind its back, over others. */
  plant(files: ReadonlyMap<string, Uint8Array>): Promise<void>;
}

const text = (content: string) => new TextEncoder().encode(content);
const message = 'Record something\n';
const ALL = Number.POSITIVE_INFINITY;
const MANY = 10_000;

const HOSTILE_PATHS = [
  '',
  '.',
  '../a.json',
  'runs/../../a.json',
  'runs//a.json',
  '/etc/passwd',
  'runs/',
  'runs/a.json\n',
  'runs/a\0.json',
  'runs\\a.json',
  'runs/-a.json',
  'runs/.hidden',
  '.git/config',
  'runs/a.json.',
  'C:/a.json',
  'runs/ü.json',
  `runs/${'a'.repeat(400)}.json`,
];

/** What every place that keeps records does; call it with a factory of empty ones. */
export function describeRecordFiles(name: string, create: () => Promise<PlaceUnderTest>): void {
  const a = 'runs/2026/11/24/a.json';
  const b = 'runs/2026/11/25/b.json';
  const other = 'evidence/c.rows';

  /** What lies at these paths, as text. */
  async function textsAt(files: RecordFiles, ...paths: string[]): Promise<Record<string, string>> {
    const found = await files.read(paths, ALL);
    return Object.fromEntries(
      Array.from(found, ([path, content]) => [path, 'bytes' in content ? Buffer.from(content.bytes).toString() : '?']),
    );
  }
  const pathsIn = async (files: RecordFiles, folder: string) =>
    (await files.list(folder)).map(({ path }) => path).sort();

  describe(name, () => {
    it('is empty at first, and has a description', async () => {
      const files = (await create()).open();
      expect(await files.list('runs')).toEqual([]);
      expect(await files.read([a, other], ALL)).toEqual(new Map());
      expect(await files.read([], ALL)).toEqual(new Map());
      expect(files.description).toMatch(/\w/);
    });

    it('gives any bytes back as they were added, to every reader', async () => {
      const { open } = await create();
      const added = new Map([
        [a, text('{"a": "ü \u2028"}\n')],
        [b, new Uint8Array(0)],
        [other, Uint8Array.from({ length: 70_000 }, (_, i) => i * 7)],
        ['accepted/crlf.json', text('\ufeffone\r\ntwo\rthree')],
      ]);
      const files = open();
      await files.add(added, { message });
      for (const reader of [files, open()]) {
        const found = await reader.read([...added.keys(), 'runs/none.json'], ALL);
        expect([...found.keys()].sort()).toEqual([...added.keys()].sort());
        for (const [path, bytes] of added) {
          const content = found.get(path)!;
          expect('bytes' in content && Buffer.compare(content.bytes, bytes)).toBe(0);
        }
      }
    });

    it('lists the files below a folder at any depth, and no others', async () => {
      const files = (await create()).open();
      await files.add(new Map([a, b, other, 'runs-old/d.json'].map((path) => [path, text(path)])), { message });
      expect(await pathsIn(files, 'runs')).toEqual([a, b]);
      expect(await pathsIn(files, 'runs/2026/11/25')).toEqual([b]);
      expect(await pathsIn(files, 'evidence')).toEqual([other]);
      expect(await pathsIn(files, 'nothing')).toEqual([]);
    });

    it('stamps files, and the stamp changes with the content alone', async () => {
      const { open, plant } = await create();
      const stamps = async (files: RecordFiles) =>
        Object.fromEntries((await files.list('runs')).map(({ path, stamp }) => [path, stamp]));
      const files = open();
      await files.add(new Map([[a, text('1')]]), { message });
      const before = await stamps(files);
      await files.add(new Map([[b, text('2')]]), { message });
      expect((await stamps(files))[a]).toBe(before[a]);
      await plant(new Map([[a, text('another')]]));
      expect((await stamps(files))[a]).not.toBe(before[a]);
      expect(await textsAt(files, a)).toEqual({ [a]: 'another' });
    });

    it('sees what others added since', async () => {
      const { open } = await create();
      const [mine, theirs] = [open(), open()];
      for (let i = 0; i < 3; i++) {
        await [mine, theirs][i % 2]!.add(new Map([[`runs/${i}.json`, text(`${i}`)]]), { message });
        for (const reader of [mine, theirs]) {
          expect(await textsAt(reader, `runs/${i}.json`)).toEqual({ [`runs/${i}.json`]: `${i}` });
          expect(await pathsIn(reader, 'runs')).toHaveLength(i + 1);
        }
      }
    });

    it('takes the same content again without a change', async () => {
      const files = (await create()).open();
      const added = new Map([
        [a, text('1')],
        [b, text('2')],
      ]);
      await files.add(added, { message });
      const before = await files.list('runs');
      await files.add(added, { message });
      await files.add(new Map(), { message });
      expect(await files.list('runs')).toEqual(before);
    });

    it('refuses other content where a file is, and then adds none of the files', async () => {
      const files = (await create()).open();
      await files.add(new Map([[a, text('first')]]), { message });
      const added = new Map([
        [b, text('new')],
        [a, text('second')],
      ]);
      await expect(files.add(added, { message })).rejects.toThrow(StoreError);
      await expect(files.add(added, { message })).rejects.toThrow(/already exists with other content/);
      await expect(files.add(new Map([[a, text('firs')]]), { message })).rejects.toThrow(StoreError);
      expect(await textsAt(files, a, b)).toEqual({ [a]: 'first' });
      expect(await pathsIn(files, 'runs')).toEqual([a]);
    });

    it.each(['', 'a rec'])('completes a file of which a crash left %j', async (torn) => {
      const { open, plant } = await create();
      const files = open();
      await files.add(new Map([[b, text('2')]]), { message });
      await plant(new Map([[a, text(torn)]]));
      expect(await textsAt(files, a)).toEqual({ [a]: torn });
      await files.add(new Map([[a, text('a record')]]), { message });
      expect(await textsAt(open(), a, b)).toEqual({ [a]: 'a record', [b]: '2' });
    });

    it('replaces a file only where the caller knows that it is damaged', async () => {
      const { open, plant } = await create();
      await open().add(new Map([[b, text('2')]]), { message });
      await plant(new Map([[a, text('dam*ged')]]));
      const asked: string[] = [];
      const add = (answer: boolean) =>
        open().add(new Map([[a, text('damaged')]]), {
          message,
          isDamaged(path, kept) {
            asked.push(`${path} ${Buffer.from(kept).toString()}`);
            return answer;
          },
        });
      await expect(add(false)).rejects.toThrow(/already exists with other content/);
      expect(await textsAt(open(), a)).toEqual({ [a]: 'dam*ged' });
      await add(true);
      expect(await textsAt(open(), a)).toEqual({ [a]: 'damaged' });
      expect(new Set(asked)).toEqual(new Set([`${a} dam*ged`]));
    });

    it('does not read more than it was asked for', async () => {
      const files = (await create()).open();
      await files.add(new Map([[a, text('12345')]]), { message });
      expect(await files.read([a], 4)).toEqual(new Map([[a, { reason: 'larger than 4 bytes' }]]));
      expect((await files.read([a], 5)).get(a)).toHaveProperty('bytes');
    });

    it('shares no memory with whoever adds or reads', async () => {
      const files = (await create()).open();
      const bytes = text('mine');
      await files.add(new Map([[a, bytes]]), { message });
      bytes.fill(0);
      const content = (await files.read([a], ALL)).get(a)!;
      if ('bytes' in content) content.bytes.fill(0);
      expect(await textsAt(files, a)).toEqual({ [a]: 'mine' });
    });

    it('loses nothing when many write at once', async () => {
      const { open } = await create();
      const paths = Array.from({ length: 6 }, (_, i) => `runs/2026/${i % 2}/${i}.json`);
      const one = open();
      await Promise.all(paths.map((path, i) => (i < 3 ? open() : one).add(new Map([[path, text(path)]]), { message })));
      expect(await textsAt(open(), ...paths)).toEqual(Object.fromEntries(paths.map((path) => [path, path])));
    });

    it('lets one of many writers of one path win, and refuses the others', async () => {
      const { open } = await create();
      const results = await Promise.allSettled(
        [1, 2, 3].map((i) => open().add(new Map([[a, text(`content ${i}`)]]), { message })),
      );
      const won = results.flatMap(({ status }, i) => (status === 'fulfilled' ? [`content ${i + 1}`] : []));
      expect(won).toHaveLength(1);
      expect(await textsAt(open(), a)).toEqual({ [a]: won[0] });
      for (const result of results) if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(StoreError);
    });

    it('neither adds nor reads a file whose path could lead elsewhere or hide it', async () => {
      const { open } = await create();
      const files = open();
      for (const path of HOSTILE_PATHS) {
        const added = new Map([
          [a, text('fine')],
          [path, text('not fine')],
        ]);
        await expect(files.add(added, { message }), JSON.stringify(path)).rejects.toThrow(/not a valid path/);
      }
      expect(await files.read([...HOSTILE_PATHS, a], ALL)).toEqual(new Map());
      expect(await files.list('runs')).toEqual([]);
    });

    it('lists nothing outside of itself', async () => {
      const { open, plant } = await create();
      await plant(new Map([[a, text('1')]]));
      for (const folder of ['..', '../..', 'runs/..', '/', '']) expect(await open().list(folder), folder).toEqual([]);
    });

    it(`reads ${MANY} files quickly`, { timeout: 60_000 }, async () => {
      const { open, plant } = await create();
      const paths = Array.from({ length: MANY }, (_, i) => `runs/${i % 12}/${i % 28}/${i}.json`);
      await plant(new Map(paths.map((path) => [path, text(`${path}\n`.repeat(20))])));
      const files = open();
      const listed = await files.list('runs');
      expect(listed).toHaveLength(MANY);
      const found = await files.read(
        listed.map(({ path }) => path),
        ALL,
      );
      expect(found.size).toBe(MANY);
      for (const path of [paths[0]!, paths[4321]!, paths.at(-1)!]) {
        const content = found.get(path)!;
        expect('bytes' in content && Buffer.from(content.bytes).toString()).toBe(`${path}\n`.repeat(20));
      }
      await files.add(new Map([[a, text('one more')]]), { message });
      expect(await files.list('runs')).toHaveLength(MANY + 1);
    });
  });
}
