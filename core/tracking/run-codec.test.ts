import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StoreError } from '../errors/app-error.ts';
import { aRun } from './run.fixture.ts';
import type { Run } from './run.ts';
import { runCodec } from './run-codec.ts';

const { format, parse, maxBytes } = runCodec;

function failure(act: () => unknown): StoreError {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(StoreError);
    return error as StoreError;
  }
  throw new Error('nothing was thrown');
}

describe('the format of a run', () => {
  it('writes keys in the order of the schema, whatever order they came in', () => {
    const run = aRun();
    const reversed = Object.fromEntries(Object.entries(run).reverse()) as Run;
    expect(format(reversed)).toBe(format(run));
    expect(format(run).split('\n').slice(0, 3)).toEqual(['{', '  "schema": 1,', `  "id": "${run.id}",`]);
    expect(format(run).endsWith('}\n')).toBe(true);
  });

  it('keeps the order of metrics, the first of which is the primary one', () => {
    const one = aRun().metrics.roc_auc!;
    const text = format(aRun({ metrics: { f1: one, accuracy: one } }));
    expect(Object.keys(parse(text).metrics)).toEqual(['f1', 'accuracy']);
  });

  it('names the place of every broken field', () => {
    const error = failure(() => format(aRun({ modelBytes: -1, params: { x: Number.NaN } })));
    expect(error.problems.map((problem) => problem.place)).toEqual(['params.x', 'model_bytes']);
  });

  it('may name the features that mattered, up to 30', () => {
    const importances = Array.from({ length: 31 }, (_, i) => ({ feature: `f${i}`, share: 1 / 31 }));
    const run = aRun({ importances: importances.slice(1) });
    expect(parse(format(run))).toEqual(run);
    expect(aRun().importances).toBe(undefined);
    expect(failure(() => format(aRun({ importances }))).problems[0]!.place).toBe('importances');
  });

  it('refuses a record that a repository should not carry', () => {
    const long = Array.from({ length: 1000 }, (_, i) => `${i}`.padEnd(1000, 'é'));
    expect(failure(() => format(aRun({ classes: long }))).problems[0]!.allowed).toBe(`${maxBytes} bytes`);
  });
});

describe('the parser of runs', () => {
  it('reads back what was formatted, to the bit', () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => (Object.is(x, -0) ? 0 : x));
    const value = fc.oneof(number, fc.string(), fc.boolean(), fc.constant(null));
    const params = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), value, { noNullPrototype: true });
    fc.assert(
      fc.property(params, fc.string({ minLength: 1, maxLength: 50 }), (given, target) => {
        const run = aRun({ params: given, target });
        const text = format(run);
        expect(parse(text)).toEqual(run);
        expect(format(parse(text))).toBe(text);
      }),
    );
  });

  it('keeps fields that a later version added, wherever they are, and writes them again', () => {
    const text = format(aRun())
      .replace('{', '{\n  "signed_by": {"Key_Id": [1, {"a": null}]},')
      .replace('"direction"', '"later_metric_field": "x", "direction"')
      .replace('"sha256"', '"later_data_field": 7, "sha256"');
    const run = parse(text);
    expect(run).toEqual({
      ...aRun(),
      signed_by: { Key_Id: [1, { a: null }] },
      metrics: { roc_auc: { ...aRun().metrics.roc_auc, later_metric_field: 'x' } },
      data: { ...aRun().data, later_data_field: 7 },
    });
    expect(JSON.parse(format(run))).toEqual(JSON.parse(text));
    expect(parse(format(run))).toEqual(run);
  });

  it('reads records that were made before there was an engine number', () => {
    const run = parse(format(aRun()));
    expect([run.engine, run.keyScheme]).toEqual([undefined, undefined]);
    const numbered = parse(format(aRun({ engine: 3, keyScheme: 1 })));
    expect([numbered.engine, numbered.keyScheme]).toEqual([3, 1]);
    expect(format(numbered)).toContain('"key_scheme": 1');
  });

  it('refuses a record cut at any byte but the last newline', () => {
    const text = format(aRun());
    for (let length = 0; length < text.length - 1; length++) {
      expect(() => parse(text.slice(0, length))).toThrow(/corrupt: not JSON/);
    }
  });

  it.each([
    ['an empty file', '', 'run record is corrupt: not JSON'],
    ['another JSON value', 'null', 'run record is corrupt: '],
    ['a cut file', format(aRun()).slice(0, 500), 'run record is corrupt: not JSON'],
    ['no schema', '{}', 'run record is corrupt: '],
    ['an older schema', '{"schema":0}', 'run record is corrupt: '],
    ['a schema that is no number', '{"schema":"2"}', 'run record is corrupt: '],
    ['a newer schema', '{"schema":2,"id":7}', 'run record has a newer schema'],
    ['a number out of range', format(aRun()).replace('1234', '1e999'), 'run record is corrupt: '],
    [
      'a key spelled as in memory',
      format(aRun()).replace('{', '{"createdAt": 1,'),
      '"createdAt" is spelled "created_at"',
    ],
    ['a polluting key', format(aRun()).replace('{', '{"__proto__": {},'), '"__proto__" is not a valid field name'],
    [
      'a polluting parameter',
      format(aRun()).replace('"params": {', '"params": {"__proto__": 1,'),
      '"__proto__" is not',
    ],
    [
      'lists without end',
      format(aRun()).replace('{', `{"x": ${'['.repeat(1e5)}${']'.repeat(1e5)},`),
      'nested more than',
    ],
    ['a file too large', ' '.repeat(maxBytes + 1), 'run record is too large'],
  ])('refuses %s, naming the file', (_title, text, message) => {
    const [problem] = failure(() => parse(text, 'runs/x.json')).problems;
    expect(problem!.message).toContain(message);
    expect(problem!.file).toBe('runs/x.json');
  });
});
