import { expect, it } from 'vitest';
import { jsonFault } from './json-fault.ts';

const nested = (depth: number): unknown => JSON.parse(`${'{"a":['.repeat(depth)}${']}'.repeat(depth)}`);

it.each([
  ['a number', 1],
  ['null', null],
  ['names that every object has', { constructor: 1, toString: { prototype: [] } }],
  ['sixteen lists in objects', nested(16)],
])('finds no fault with %s', (_, value) => {
  expect(jsonFault(value)).toBeUndefined();
});

it.each([
  ['a polluting name', JSON.parse('{"__proto__": {"a": 1}}'), /"__proto__" is not a valid field name/],
  ['a polluting name deep inside', { a: [{ b: JSON.parse('{"__proto__": null}') }] }, /"__proto__"/],
  ['lists and objects without end', nested(50_000), /nested more than 32 deep/],
])('finds %s', (_, value, fault) => {
  expect(jsonFault(value)).toMatch(fault);
});
