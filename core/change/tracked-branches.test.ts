import { expect, it } from 'vitest';
import { isNamed, isTracked } from './tracked-branches.ts';

it.each([
  ['main', ['main'], true],
  ['main', ['develop', 'main'], true],
  ['main2', ['main'], false],
  ['Main', ['main'], false],
  ['release/1.x', ['release/*'], true],
  ['release/1/x', ['release/*'], false],
  ['release/', ['release/*'], true],
  ['my-release/1', ['release/*'], false],
  ['mXin', ['m.in'], false],
  ['v1+2', ['v1+2'], true],
  ['main', [], false],
])('%s among %j: %s', (branch, tracked, expected) => {
  expect(isTracked(branch, tracked)).toBe(expected);
});

it.each([
  ['main', ['main'], true],
  ['release/1', ['release/*', 'main'], false],
  ['release/1', ['release/*', 'release/1'], true],
])('%s is named by %j: %s', (branch, tracked, expected) => {
  expect(isNamed(branch, tracked)).toBe(expected);
});
