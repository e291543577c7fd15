import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fromWire, toWire, wirePath } from './wire.ts';

const schema = z.strictObject({
  modelSha256: z.string(),
  nFeatures: z.int().optional(),
  params: z.record(z.string(), z.strictObject({ isOn: z.boolean() })),
  rows: z.array(z.strictObject({ rowSet: z.string() }).nullable()).optional(),
  gates: z
    .array(
      z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('floor'), isNear: z.boolean() }),
        z.strictObject({ kind: z.literal('drift'), maxShare: z.number() }),
      ]),
    )
    .optional(),
});
const inMemory = {
  modelSha256: 'x',
  params: { maxDepth: { isOn: true } },
  rows: [{ rowSet: 'y' }, null],
  gates: [
    { kind: 'floor', isNear: true },
    { kind: 'drift', maxShare: 0.3 },
  ],
};
const onWire = {
  model_sha256: 'x',
  params: { maxDepth: { is_on: true } },
  rows: [{ row_set: 'y' }, null],
  gates: [
    { kind: 'floor', is_near: true },
    { kind: 'drift', max_share: 0.3 },
  ],
};

describe('the wire', () => {
  it('has snake_case where the schema names a key, and the keys of records as they are', () => {
    expect(toWire(schema, inMemory)).toEqual(onWire);
    expect(fromWire(schema, onWire)).toEqual(inMemory);
  });

  it.each<[string, unknown, unknown]>([
    [
      'keeps a key that the schema does not know',
      { model_sha256: 'x', more_of_it: 1 },
      { modelSha256: 'x', more_of_it: 1 },
    ],
    ['passes on what does not fit', { params: 3, rows: { row_set: 1 } }, { params: 3, rows: { row_set: 1 } }],
    [
      'passes on what is of no kind it knows',
      { gates: [{ kind: 'new', is_near: 1 }, { is_near: 1 }] },
      { gates: [{ kind: 'new', is_near: 1 }, { is_near: 1 }] },
    ],
    ['passes on what is no object', 'text', 'text'],
    ['passes on null', null, null],
  ])('%s', (_, wire, expected) => {
    expect(fromWire(schema, wire)).toEqual(expected);
  });

  it('refuses a key that is spelled as in memory', () => {
    expect(() => fromWire(schema, { modelSha256: 'x' })).toThrow('"modelSha256" is spelled "model_sha256" in files');
  });

  it('keeps a key named __proto__ for the schema to refuse', () => {
    const read = fromWire(schema, JSON.parse('{"__proto__": {}}')) as object;
    expect(Object.keys(read)).toEqual(['__proto__']);
    expect(schema.safeParse(read).success).toBe(false);
  });

  it('names places as the file has them', () => {
    expect(wirePath(schema, ['params', 'maxDepth', 'isOn'])).toEqual(['params', 'maxDepth', 'is_on']);
    expect(wirePath(schema, ['rows', 0, 'rowSet'])).toEqual(['rows', '0', 'row_set']);
    expect(wirePath(schema, ['gates', 1, 'maxShare'])).toEqual(['gates', '1', 'max_share']);
    expect(wirePath(schema, ['unknownKey', 'x'])).toEqual(['unknownKey', 'x']);
  });
});
