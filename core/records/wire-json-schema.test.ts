import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { toWire } from './wire.ts';
import { wireJsonSchema } from './wire-json-schema.ts';

const point = z.object({ atRow: z.int(), value: z.number() });
const line = z.object({ firstPoint: point, lastPoint: point.nullable(), byName: z.record(z.string(), point) });
const LINE = { firstPoint: { atRow: 1, value: 2 }, lastPoint: null, byName: { maxDepth: { atRow: 3, value: 4 } } };

it('describes what toWire writes, and nothing else', () => {
  const check = new Ajv2020().compile(wireJsonSchema(line, { io: 'output', named: {} }));
  const wire = toWire(line, LINE) as object;
  expect(check(wire), JSON.stringify(check.errors)).toBe(true);
  expect(check(LINE)).toBe(false);
  expect(check({ ...wire, other: 1 })).toBe(false);
});

it('lets readers of an input ignore what it does not name', () => {
  const check = new Ajv2020().compile(wireJsonSchema(line, { io: 'input', named: {} }));
  expect(check({ ...(toWire(line, LINE) as object), other: 1 })).toBe(true);
});

it('writes a named part once', () => {
  const schema = wireJsonSchema(line, { io: 'output', named: { point } });
  expect(JSON.stringify(schema).match(/at_row/g)).toHaveLength(2); // A property, and among the required ones.
  expect(schema).toMatchObject({ properties: { first_point: { $ref: '#/$defs/point' } } });
  const check = new Ajv2020().compile(schema);
  expect(check(toWire(line, LINE))).toBe(true);
  expect(check({ ...(toWire(line, LINE) as object), first_point: { at_row: 'x', value: 2 } })).toBe(false);
});
