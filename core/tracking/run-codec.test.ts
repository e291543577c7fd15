import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StoreError } from '../errors/app-error.ts';
import { aRun } from './run.fixture.ts';
import type { Run } from './run.ts';
import { formatRun, MAX_RUN_BYTES, parseRun } from './run-codec.ts';

function failure(act: () => unknown): StoreError {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(StoreError);
    return error as StoreError;
  }
  throw new Error('nothing was thrown');
}

describe('formatRun', () => {
  it('writes keys in the order of the schema, whatever order they came in', () => {
    const run = aRun();
    const reversed = Object.fromEntries(Object.entries(run).reverse()) as Run;
    expect(formatRun(reversed)).toBe(formatRun(run));
    expect(formatRun(run).split('\n').slice(0, 3)).toEqual(['{', '  "schema": 1,', `  "id": "${run.id}",`]);
    expect(formatRun(run).endsWith('}\n')).toBe(true);
  });

  it('keeps the order of metrics, the first of which is the primary one', () => {
    const one = aRun().metrics.roc_auc!;
    const text = formatRun(aRun({ metrics: { f1: one, accuracy: one } }));
    expect(Object.keys(parseRun(text).metrics)).toEqual(['f1', 'accuracy']);
  });

  it('names the place of every broken field', () => {
    const error = failure(() => formatRun(aRun({ modelBytes: -1, params: { x: Number.NaN } })));
    expect(error.problems.map((problem) => problem.place)).toEqual(['params.x', 'model_bytes']);
  });

  it('may name the features that mattered, up to 30', () => {
    const importances = Array.from({ length: 31 }, (_, i) => ({ feature: `f${i}`, share: 1 / 31 }));
    const run = aRun({ importances: importances.slice(1) });
    expect(parseRun(formatRun(run))).toEqual(run);
    expect(aRun().importances).toBe(undefined);
    expect(failure(() => formatRun(aRun({ importances }))).problems[0]!.place).toBe('importances');
  });

  it('refuses a record that a repository should not carry', () => {
    const long = Array.from({ length: 1000 }, (_, i) => `${i}`.padEnd(1000, 'é'));
    expect(failure(() => formatRun(aRun({ classes: long }))).problems[0]!.allowed).toBe(`${MAX_RUN_BYTES} bytes`);
  });
});

describe('parseRun', () => {
  it('reads back what formatRun wrote, to the bit', () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => (Object.is(x, -0) ? 0 : x));
    const value = fc.oneof(number, fc.string(), fc.boolean(), fc.constant(null));
    const params = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), value, { noNullPrototype: true });
    fc.assert(
      fc.property(params, fc.string({ minLength: 1, maxLength: 50 }), (given, target) => {
        const run = aRun({ params: given, target });
        const text = formatRun(run);
        expect(parseRun(text)).toEqual(run);
        expect(formatRun(parseRun(text))).toBe(text);
      }),
    );
  });

  it('refuses a record cut at any byte but the last newline', () => {
    const text = formatRun(aRun());
    for (let length = 0; length < text.length - 1; length++) {
      expect(() => parseRun(text.slice(0, length))).toThrow(/corrupt: not JSON/);
    }
  });

  it.each([
    ['an empty file', '', 'run record is corrupt: not JSON'],
    ['another JSON value', 'null', 'run record is corrupt: '],
    ['a cut file', formatRun(aRun()).slice(0, 500), 'run record is corrupt: not JSON'],
    ['no schema', '{}', 'run record is corrupt: '],
    ['an older schema', '{"schema":0}', 'run record is corrupt: '],
    ['a schema that is no number', '{"schema":"2"}', 'run record is corrupt: '],
    ['a newer schema', '{"schema":2,"id":7}', 'run record is of a newer schema'],
    ['a number out of range', formatRun(aRun()).replace('1234', '1e999'), 'run record is corrupt: '],
    ['an unknown key', formatRun(aRun()).replace('{', '{"trusted": true,'), 'run record is corrupt: '],
    ['a polluting key', formatRun(aRun()).replace('{', '{"__proto__": {},'), 'run record is corrupt: '],
    ['a file too large', ' '.repeat(MAX_RUN_BYTES + 1), 'run record is too large'],
  ])('refuses %s, naming the file', (_title, text, message) => {
    const [problem] = failure(() => parseRun(text, 'runs/x.json')).problems;
    expect(problem!.message).toContain(message);
    expect(problem!.file).toBe('runs/x.json');
  });
});
