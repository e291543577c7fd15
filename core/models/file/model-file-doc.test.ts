import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { arrayToJson } from '../typed-array-json.ts';
import { readContainer } from './container.ts';

it('the example of docs/model-file.md is a file that says what the page says', () => {
  const page = readFileSync(new URL('../../../docs/model-file.md', import.meta.url), 'utf8');
  const lines = [...page.matchAll(/^[0-9a-f]{4} {2}((?:[0-9a-f]{2} ){15}[0-9a-f]{2}) /gm)];
  const file = Buffer.from(lines.map(([, bytes]) => bytes!.replaceAll(' ', '')).join(''), 'hex');
  expect(file).toHaveLength(176);
  expect(readContainer(file)).toEqual({
    a: arrayToJson(Float64Array.of(1, 2.5)),
    b: arrayToJson(Int32Array.of(7, 7, -1, 7, 7, 7, 7, 7, -1)),
  });
});
