import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StoreError } from '../errors/app-error.ts';
import { aRegressionRowSet, aRowSet, someEvidence } from './evidence.fixture.ts';
import type { Evidence, RowSet } from './evidence.ts';
import { checkSameRows } from './evidence-checks.ts';
import { decodeEvidence, decodeRowSet, encodeEvidence, encodeRowSet, rowSetId, rowsId } from './evidence-codec.ts';
import { publishEvidence } from './published-evidence.ts';

/** The file with some of its bytes changed and its digest made right again: what an attacker would upload. */
function forge(file: Uint8Array, change: (bytes: Uint8Array, view: DataView) => void): Uint8Array {
  const bytes = file.slice();
  change(bytes, new DataView(bytes.buffer));
  return sign(bytes.subarray(0, -32));
}

/** The file with another header. */
function reheader(file: Uint8Array, change: (header: string) => string): Uint8Array {
  const length = new DataView(file.buffer).getUint32(8, true);
  const header = Buffer.from(change(Buffer.from(file.subarray(12, 12 + length)).toString()));
  const bytes = Buffer.concat([file.subarray(0, 12), header, file.subarray(12 + length, -32)]);
  bytes.writeUInt32LE(header.length, 8);
  return sign(bytes);
}

function sign(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(Buffer.concat([bytes, createHash('sha256').update(bytes).digest()]));
}

/** Evidence that keeps the probabilities of every class. */
function withProbabilities(of: RowSet): Evidence {
  const { repeats, ...rest } = someEvidence(of);
  const ofClass = (k: number) => Uint16Array.from(of.keys, (_, row) => 0x3000 + 16 * k + row);
  return {
    ...rest,
    repeats: repeats.map((repeat) => ({ ...repeat, probabilities: of.classes.map((_, k) => ofClass(k)) })),
  };
}

const rowSet = aRowSet();
const slice = { column: 'shop', values: ['east', 'west'], codes: Uint8Array.of(0, 1, 1, 0, 1) };
const rows = encodeRowSet(rowSet);
const bodyOf = (file: Uint8Array) => 12 + new DataView(file.buffer).getUint32(8, true);
const at = bodyOf(rows);
const evidence = someEvidence(rowSet);
const file = encodeEvidence(evidence);

/** The file as a later version may write it: a field at the end of the header, and bytes of it behind the arrays. */
function later(file: Uint8Array, bytes: readonly number[]): Uint8Array {
  const longer = sign(Buffer.concat([file.subarray(0, -32), Uint8Array.from(bytes)]));
  return reheader(longer, (text) => text.replace(/}$/, ',"later_field":{"a":[1]}}'));
}
const unknown = (...bytes: readonly number[]) => ({
  header: { later_field: { a: [1] } },
  body: Uint8Array.from(bytes),
});

describe('files of later versions', () => {
  it.each([[[]], [[7, 8, 9]]])('keep what this version does not know: %j behind the arrays', (bytes) => {
    const laterRows = later(rows, bytes);
    const readRows = decodeRowSet(laterRows);
    expect(readRows).toEqual({ ...rowSet, id: readRows.id, unknown: unknown(...bytes) });
    expect(readRows.id).not.toBe(rowSet.id);
    expect(encodeRowSet(readRows)).toEqual(laterRows);
    const laterFile = later(file, bytes);
    expect(decodeEvidence(laterFile)).toEqual({ ...evidence, unknown: unknown(...bytes) });
    expect(encodeEvidence(decodeEvidence(laterFile))).toEqual(laterFile);
  });

  it('are published without it: nobody knows what it tells', () => {
    const rowSetOfLater = decodeRowSet(later(rows, [7]));
    const evidenceOfLater = { ...decodeEvidence(later(file, [7])), rowSet: rowSetOfLater.id };
    const published = publishEvidence({ rowSet: rowSetOfLater, evidence: evidenceOfLater });
    expect(published).toEqual(publishEvidence({ rowSet, evidence }));
  });

  it('may not have bytes that no field is about', () => {
    const longer = (bytes: Uint8Array) => sign(Buffer.concat([bytes.subarray(0, -32), Uint8Array.of(7)]));
    expect(() => decodeRowSet(longer(rows))).toThrow(/length is wrong/);
    expect(() => decodeEvidence(longer(file))).toThrow(/length is wrong/);
  });
});

describe('row set files', () => {
  const rowSets = fc.integer({ min: 0, max: 40 }).chain((n) =>
    fc.record({
      dataset: fc.string({ minLength: 1, maxLength: 30 }),
      keys: fc
        .array(fc.nat(0xffffffffff), { minLength: n, maxLength: n })
        .map((keys) => Float64Array.from(keys).sort()),
      folds: fc.uint8Array({ minLength: n, maxLength: n, max: 99 }),
      target: fc.float64Array({ minLength: n, maxLength: n, noNaN: true, noDefaultInfinity: true }),
      positions: fc.uniqueArray(fc.nat(99), { minLength: n, maxLength: n }).map((p) => Uint32Array.from(p)),
      nRows: fc.integer({ min: 100, max: 0xffffffff }),
      scale: fc.record({ mean: fc.integer(), sd: fc.nat() }),
      slices: fc.option(
        fc.uniqueArray(
          fc.record({
            column: fc.string({ maxLength: 9 }),
            values: fc.constant(['', 'east', 'ü']),
            codes: fc.uint8Array({ minLength: n, maxLength: n, max: 2 }),
          }),
          { maxLength: 3, selector: ({ column }) => column },
        ),
        { nil: undefined },
      ),
      otherKeys: fc.option(
        fc.array(fc.nat(0xffffffffff), { minLength: 1, maxLength: 9 }).map((keys) => Float64Array.from(keys).sort()),
        { nil: undefined },
      ),
    }),
  );

  it('give back any row set, with the id it had', () => {
    fc.assert(
      fc.property(rowSets, ({ slices, otherKeys, ...contents }) => {
        const plain = aRowSet({ ...contents, classes: [] });
        const set: RowSet = aRowSet({
          ...contents,
          classes: [],
          ...(slices && { slices }),
          ...(otherKeys && { otherKeys }),
        });
        const decoded = decodeRowSet(encodeRowSet(set));
        expect(decoded).toEqual(set);
        expect(decoded.id).toBe(rowSetId(set));
        expect(rowsId(decoded)).toBe(rowsId(plain));
      }),
    );
  });

  it('give back a row set published without its target', () => {
    const published = aRegressionRowSet();
    expect(decodeRowSet(encodeRowSet(published))).toEqual(published);
  });

  it('are read from a view into a larger buffer', () => {
    const padded = Buffer.concat([Buffer.alloc(3), rows, Buffer.alloc(5)]);
    expect(decodeRowSet(padded.subarray(3, 3 + rows.length))).toEqual(rowSet);
  });

  it('keep what rows hold, and what columns do, at 5 bytes a row and list', () => {
    const plain = aRowSet();
    const hashes = Float64Array.of(1, 0xffffffffff, 7, 0, 0x80000000);
    const whole = aRowSet({
      contents: [{ columns: ['plan', 'tenure'], hashes }],
      columns: [{ name: 'plan', digest: '0123456789abcdef' }],
      ...{ targetDigest: 'f'.repeat(16), keyScheme: 2 },
    });
    const bytes = encodeRowSet(whole);
    expect(decodeRowSet(bytes)).toEqual(whole);
    const header = (file: Uint8Array) => new DataView(file.buffer).getUint32(8, true);
    expect(bytes.length - header(bytes) - (encodeRowSet(plain).length - header(encodeRowSet(plain)))).toBe(5 * 5);
    expect(rowsId(whole)).toBe(rowsId({ ...plain, id: rowSetId({ ...plain, keyScheme: 2 }), keyScheme: 2 }));
  });

  it.each([
    ['another number of hashes', { contents: [{ columns: ['a'], hashes: new Float64Array(4) }] }, 'differ in length'],
    ['longer hashes', { contents: [{ columns: ['a'], hashes: new Float64Array(5).fill(2 ** 40) }] }, '40 bits'],
    ['a column twice', { columns: [1, 2].map(() => ({ name: 'a', digest: '0'.repeat(16) })) }, 'have one name'],
    ['a digest that is none', { columns: [{ name: 'a', digest: 'x' }] }, 'is none'],
  ])('are refused with %s', (_, changes, message) => {
    expect(() => aRowSet(changes)).toThrow(message);
  });

  it('are published with hashes and without the digest of the targets', () => {
    const rowSet = aRowSet({
      contents: [{ columns: ['a'], hashes: Float64Array.of(1, 2, 3, 4, 5) }],
      ...{ columns: [{ name: 'a', digest: '0'.repeat(16) }], targetDigest: 'f'.repeat(16) },
    });
    const [rows] = publishEvidence({ rowSet, evidence: someEvidence(rowSet) }).files.values();
    const published = decodeRowSet(rows!);
    expect(published.targetDigest).toBeUndefined();
    expect(published).toMatchObject({ contents: rowSet.contents, columns: rowSet.columns });
    // Targets that are looked up in other rows move no seed.
    expect(rowsId({ ...published, target: rowSet.target! })).toBe(rowsId(published));
  });

  it('are as small as their numbers', () => {
    expect(rows.length - at - 32).toBe(5 * (5 + 1 + 1 + 4));
    const values = encodeRowSet(
      aRowSet({ classes: [], scale: { mean: 0, sd: 1 }, target: Float64Array.of(0.5, 1, 1, 0, 1) }),
    );
    expect(values.length - bodyOf(values) - 32).toBe(5 * (5 + 1 + 8 + 4));
    const published = encodeRowSet(aRegressionRowSet());
    expect(published.length - bodyOf(published) - 32).toBe(5 * (5 + 1));
    const sliced = encodeRowSet(aRowSet({ slices: [slice] }));
    expect(sliced.length - bodyOf(sliced) - 32).toBe(5 * (5 + 1 + 1 + 4 + 1));
  });

  it('without slices are what they were before there were any', () => {
    expect(rowSet.id).toBe('128acd00b4ae6a5e401239d05f80f387fbee4639f0cb515cb5097839dd590687');
  });

  it('have a SHA-256 at the end, which is the id', () => {
    expect(Buffer.from(rows.subarray(-32)).toString('hex')).toBe(rowSet.id);
    expect(createHash('sha256').update(rows.subarray(0, -32)).digest('hex')).toBe(rowSet.id);
  });

  it.each<[string, Partial<Omit<RowSet, 'id'>>]>([
    ['dataset', { dataset: 'other' }],
    ['a key', { keys: Float64Array.of(0, 7, 8, 0x80000000, 0xffffffffff) }],
    ['a fold', { folds: Uint8Array.of(0, 1, 1, 2, 98) }],
    ['a target', { target: Float64Array.of(0, 1, 1, 0, 0) }],
    ['a position', { positions: Uint32Array.of(4, 0, 2, 3, 1) }],
    ['a class', { classes: ['No', 'yes'] }],
    ['the number of rows', { nRows: 6 }],
    ['a slice', { slices: [slice] }],
  ])('have another id when %s differs', (_title, changes) => {
    expect(aRowSet(changes).id).not.toBe(rowSet.id);
  });

  it('say that clusters are in the order of time, also where they are published', () => {
    const clusters = Uint32Array.of(0, 1, 1, 2, 3);
    const inTime = aRowSet({ clusters, isInTime: true });
    expect(inTime.id).not.toBe(aRowSet({ clusters }).id);
    expect(decodeRowSet(encodeRowSet(inTime))).toMatchObject({ clusters, isInTime: true });
    const [published] = publishEvidence({ rowSet: inTime, evidence: someEvidence(inTime) }).files.values();
    expect(decodeRowSet(published!)).toMatchObject({ clusters, isInTime: true });
    expect(() => aRowSet({ isInTime: true })).toThrow('there is no order of time without clusters');
  });

  it('hold no slices without a target: what is published has none', () => {
    const { id: _, ...published } = aRegressionRowSet();
    expect(() => rowSetId({ ...published, slices: [slice] })).toThrow(/slices go with the target/);
  });

  it('are not written under an id of another content', () => {
    expect(() => encodeRowSet({ ...rowSet, nRows: 6 })).toThrow(/has the content of/);
  });

  it.each<[string, Partial<Omit<RowSet, 'id'>>, RegExp]>([
    ['keys that descend', { keys: Float64Array.of(7, 0, 7, 8, 9) }, /ascending/],
    ['a key of 41 bits', { keys: Float64Array.of(0, 1, 2, 3, 2 ** 40) }, /40-bit/],
    ['a fractional key', { keys: Float64Array.of(0, 1, 1.5, 3, 4) }, /40-bit/],
    ['a NaN key', { keys: Float64Array.of(0, 1, Number.NaN, 3, 4) }, /40-bit/],
    ['a fold of 100', { folds: Uint8Array.of(0, 1, 2, 3, 100) }, /fold of 100/],
    ['a missing fold', { folds: Uint8Array.of(0) }, /differ in length/],
    ['a NaN target', { target: Float64Array.of(0, 1, Number.NaN, 0, 1) }, /no class/],
    ['a target beyond the classes', { target: Float64Array.of(0, 1, 2, 0, 1) }, /no class/],
    [
      'an infinite value',
      { classes: [], scale: { mean: 0, sd: 1 }, target: new Float64Array(5).fill(1 / 0) },
      /finite/,
    ],
    ['fewer rows than keys', { nRows: 4 }, /number of rows/],
    ['targets and hashes of them', { labels: new Float64Array(5) }, /targets and hashes/],
    ['no other rows', { otherKeys: new Float64Array(0) }, /number of its other rows/],
    ['keys of other rows that descend', { otherKeys: Float64Array.of(7, 6) }, /keys of other rows/],
    ['a key of 41 bits of another row', { otherKeys: Float64Array.of(2 ** 40) }, /keys of other rows/],
    ['a position beyond the rows', { positions: Uint32Array.of(0, 1, 2, 3, 5) }, /positions/],
    ['a position twice', { positions: Uint32Array.of(0, 1, 2, 3, 3) }, /positions/],
    ['neither classes nor scale', { classes: [] }, /classes or a scale/],
    ['both classes and scale', { scale: { mean: 0, sd: 1 } }, /classes or a scale/],
    ['a scale that is no number', { classes: [], scale: { mean: Number.NaN, sd: 1 } }, /mean and standard/],
    ['one class name twice', { classes: ['No', 'No'] }, /one name/],
    ['more classes than a byte holds', { classes: Array.from({ length: 257 }, String) }, /256 classes/],
    ['no dataset', { dataset: '' }, /name of the dataset/],
    ['slices of other rows', { slices: [{ ...slice, codes: Uint8Array.of(0) }] }, /differ in length/],
    ['a row of no slice', { slices: [{ ...slice, values: ['east'] }] }, /slice that does not exist/],
    ['a column sliced by twice', { slices: [slice, slice] }, /one column/],
    ['one value of a slice twice', { slices: [{ ...slice, values: ['east', 'east'] }] }, /one value/],
    ['a slice whose value fills a page', { slices: [{ ...slice, values: ['east', 'x'.repeat(1001)] }] }, /too long/],
    [
      'a hundred and one columns',
      { slices: Array.from({ length: 101 }, (_, i) => ({ ...slice, column: String(i) })) },
      /100 columns/,
    ],
  ])('are refused with %s', (_title, changes, reason) => {
    expect(() => aRowSet(changes)).toThrow(StoreError);
    expect(() => aRowSet(changes)).toThrow(reason);
  });

  it.each<[string, Uint8Array, RegExp]>([
    ['no bytes', new Uint8Array(), /another kind/],
    ['a file of evidence', file, /another kind/],
    ['a cut file', rows.subarray(0, -1), /SHA-256/],
    ['one flipped bit', rows.map((byte, i) => (i === at ? byte ^ 1 : byte)), /SHA-256/],
    ['a newer version', forge(rows, (_, view) => view.setUint32(4, 2, true)), /newer version/],
    ['version 0', forge(rows, (_, view) => view.setUint32(4, 0, true)), /not valid/],
    ['a header longer than the file', forge(rows, (_, view) => view.setUint32(8, 1_999_999, true)), /not valid/],
    ['a huge header', forge(rows, (_, view) => view.setUint32(8, 0xffffffff, true)), /not valid/],
    ['a header that is not JSON', reheader(rows, (text) => text.slice(1)), /not JSON/],
    ['a header in another spelling', reheader(rows, (text) => text.replace(':', ': ')), /canonical/],
    ['a header that pollutes', reheader(rows, (text) => text.replace('{', '{"__proto__":1,')), /header/],
    ['5 billion rows', reheader(rows, (text) => text.replace('"n":5', '"n":5000000000')), /header n/],
    ['a million rows that are not there', reheader(rows, (text) => text.replace('"n":5', '"n":1000000')), /length/],
    ['rows fewer than bytes', reheader(rows, (text) => text.replace('"n":5', '"n":4')), /length/],
    ['forged keys', forge(rows, (bytes) => bytes.fill(255, at, at + 5)), /ascending/],
    ['a forged fold', forge(rows, (bytes) => bytes.fill(100, at + 25, at + 26)), /fold/],
    ['a forged target', forge(rows, (_, view) => view.setUint8(at + 30, 2)), /no class/],
  ])('are not believed when they hold %s', (_title, bytes, reason) => {
    expect(() => decodeRowSet(bytes, 'evidence/x.rows')).toThrow(StoreError);
    expect(() => decodeRowSet(bytes, 'evidence/x.rows')).toThrow(reason);
    expect(() => decodeRowSet(bytes, 'evidence/x.rows')).toThrow(/^evidence\/x\.rows: /);
  });

  it('throw nothing but store errors, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.nat(rows.length - 33), fc.uint8Array({ minLength: 1, maxLength: 8 }), (start, noise) => {
        const bytes = forge(rows, (all) => all.set(noise.subarray(0, rows.length - 32 - start), start));
        try {
          decodeRowSet(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(StoreError);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('evidence files', () => {
  const body = bodyOf(file);

  it.each([
    ['a classification', rowSet],
    ['a regression', aRegressionRowSet()],
    [
      'no rows',
      aRowSet({
        keys: Float64Array.of(),
        folds: Uint8Array.of(),
        target: Float64Array.of(),
        positions: Uint32Array.of(),
      }),
    ],
  ])('give back the evidence of %s', (_title, rows) => {
    const given = someEvidence(rows);
    const decoded = decodeEvidence(encodeEvidence(given));
    expect(decoded).toEqual(given);
    checkSameRows(rows, decoded);
  });

  const classes = ['a', 'b', 'c', 'd'];
  const ofFour = aRowSet({ classes });
  const withAll = withProbabilities(ofFour);

  it('give back the probabilities of all classes, at 2 bytes more for each class, row and repeat', () => {
    const bytes = encodeEvidence(withAll);
    expect(decodeEvidence(bytes)).toEqual(withAll);
    checkSameRows(ofFour, decodeEvidence(bytes));
    expect(bytes.length - bodyOf(bytes) - 32).toBe(2 * 5 * (3 + 2 * 4));
  });

  it('are the same bytes as ever where no probabilities are kept', () => {
    expect(Buffer.from(file.subarray(12, body)).toString()).not.toContain('probabilities');
  });

  it('hold 3 bytes a row and repeat for a classification, 2 for a regression', () => {
    expect(file.length - body - 32).toBe(2 * 5 * 3);
    const regression = encodeEvidence(someEvidence(aRegressionRowSet()));
    expect(regression.length - bodyOf(regression) - 32).toBe(2 * 5 * 2);
  });

  const keys = 'a'.repeat(64);
  const withoutAdded = { keys, repeats: someEvidence(rowSet).repeats.toReversed() };

  it.each([rowSet, ofFour])('give back what a model predicts that learned without the added rows', (own) => {
    const once = own === ofFour ? withAll : evidence;
    const twice = { ...once, withoutAdded: { keys, repeats: once.repeats.toReversed() } };
    expect(decodeEvidence(encodeEvidence(twice))).toEqual(twice);
    expect(decodeEvidence(encodeEvidence(once))).not.toHaveProperty('withoutAdded');
  });

  it('are published without it: a baseline is what it is', () => {
    const { files } = publishEvidence({ rowSet, evidence: { ...evidence, withoutAdded } });
    expect(files).toEqual(publishEvidence({ rowSet, evidence }).files);
  });

  it.each<[string, Parameters<typeof someEvidence>[1], RegExp]>([
    [
      'another number of repeats without the added rows',
      { withoutAdded: { keys, repeats: [] } },
      /not trained as often/,
    ],
    ['no rows that were learned from', { withoutAdded: { ...withoutAdded, keys: 'x' } }, /no rows that were learned/],
    [
      'a NaN without the added rows',
      {
        withoutAdded: {
          keys,
          repeats: evidence.repeats.map((each) => ({ ...each, predictions: new Uint16Array(5).fill(0x7e00) })),
        },
      },
      /NaN/,
    ],
    ['no repeats', { repeats: [] }, /1 to 100 repeats/],
    ['too many repeats', { repeats: Array.from({ length: 101 }, () => evidence.repeats[0]!) }, /1 to 100 repeats/],
    ['a NaN prediction', { repeats: [{ predictions: Uint16Array.of(0x7e00), decisions: Uint8Array.of(0) }] }, /NaN/],
    [
      'fewer decisions than rows',
      { repeats: [{ predictions: new Uint16Array(2), decisions: new Uint8Array(1) }] },
      /length/,
    ],
    [
      'repeats of other lengths',
      { repeats: [evidence.repeats[0]!, { predictions: new Uint16Array(1), decisions: new Uint8Array(1) }] },
      /length/,
    ],
    [
      'probabilities of two classes',
      { repeats: [{ ...evidence.repeats[0]!, probabilities: [new Uint16Array(5), new Uint16Array(5)] }] },
      /of 2 classes/,
    ],
    [
      'probabilities in one repeat alone',
      {
        repeats: [
          { ...evidence.repeats[0]!, probabilities: [0, 1, 2].map(() => new Uint16Array(5)) },
          evidence.repeats[1]!,
        ],
      },
      /probabilities differ/,
    ],
    [
      'a NaN probability',
      { repeats: [{ ...evidence.repeats[0]!, probabilities: [0, 1, 2].map(() => new Uint16Array(5).fill(0x7e00)) }] },
      /NaN/,
    ],
    ['a run that is a path', { run: '../x' }, /names no run/],
    ['a row set that is a path', { rowSet: '../x' }, /no row set/],
  ])('are refused with %s', (_title, changes, reason) => {
    expect(() => encodeEvidence(someEvidence(rowSet, changes))).toThrow(StoreError);
    expect(() => encodeEvidence(someEvidence(rowSet, changes))).toThrow(reason);
  });

  it.each<[string, Uint8Array, RegExp]>([
    ['a row set', rows, /another kind/],
    ['a cut file', file.subarray(0, -1), /SHA-256/],
    ['a forged NaN', forge(file, (_, view) => view.setUint16(body, 0xfe00, true)), /NaN/],
    ['fewer repeats than bytes', reheader(file, (text) => text.replace('"repeats":2', '"repeats":1')), /length/],
    ['too many repeats', reheader(file, (text) => text.replace('"repeats":2', '"repeats":1e9')), /header/],
    ['a path for a run', reheader(file, (text) => text.replace(evidence.run, '../../x')), /names no run/],
  ])('are not believed when they hold %s', (_title, bytes, reason) => {
    expect(() => decodeEvidence(bytes)).toThrow(StoreError);
    expect(() => decodeEvidence(bytes)).toThrow(reason);
  });
});

describe('checkSameRows', () => {
  const one = { predictions: new Uint16Array(5), decisions: new Uint8Array(5) };

  it.each([
    ['of another row set', { rowSet: aRegressionRowSet().id }, /another row set/],
    [
      'of fewer rows',
      { repeats: [{ predictions: new Uint16Array(4), decisions: new Uint8Array(4) }] },
      /number of rows/,
    ],
    [
      'of probabilities of other classes',
      { repeats: [{ ...one, probabilities: [0, 1, 2].map(() => new Uint16Array(5)) }] },
      /other classes/,
    ],
    [
      'of fewer rows without the added ones',
      { withoutAdded: { keys: '0', repeats: [{ predictions: new Uint16Array(4), decisions: new Uint8Array(4) }] } },
      /number of rows/,
    ],
    ['without decisions', { repeats: [{ ...one, decisions: new Uint8Array() }] }, /number of rows/],
    [
      'that decides for a class that is not there',
      { repeats: [{ ...one, decisions: Uint8Array.of(0, 1, 2, 0, 0) }] },
      /class/,
    ],
  ])('refuses evidence %s', (_title, changes, reason) => {
    expect(() => checkSameRows(rowSet, someEvidence(rowSet, changes))).toThrow(reason);
  });
});
