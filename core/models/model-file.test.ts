import { describe, expect, it } from 'vitest';
import { StoreError } from '../errors/app-error.ts';
import { sha256Hex } from '../random/sha256.ts';
import { readContainer, writeContainer } from './file/container.ts';
import { formatModel, MODEL_SCHEMA, modelSha256, parseModel } from './model-file.ts';
import { smallModels, smallTable, trainSmallModel } from './small-models.fixture.ts';
import { arrayToJson } from './typed-array-json.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const dummy = smallModels.find(({ name }) => name === 'dummy-regression')!;

describe.each(smallModels)('the file of $name', ({ plugin, task }) => {
  it.each([
    { title: 'another number of classes', change: { n_classes: task === 'regression' ? 3 : 2 } },
    {
      title: 'classes where there are none, or none where there are some',
      change: { n_classes: task === 'regression' ? 2 : 0 },
    },
    {
      title: 'the preprocessing of another kind of model',
      change: { preprocessor: { encoding: plugin.encoding === 'native' ? 'dense' : 'native', columns: [] } },
    },
    { title: 'a model that is nothing', change: { fitted: null } },
    { title: 'an array for a model', change: { fitted: arrayToJson(new Float64Array(100)) } },
    { title: 'an array for a signature', change: { signature: arrayToJson(new Float64Array(100)) } },
    { title: 'a kind of model there is not', change: { model: 'constructor' } },
    { title: 'another format', change: { format: 'mlops-evidence' } },
    { title: 'the schema before', change: { schema: MODEL_SCHEMA - 1 } },
    { title: 'a key too many', change: { more: 1 } },
    { title: 'a key too many of a million letters', change: { ['x'.repeat(1_000_000)]: 1 } },
  ])('with $title is refused by name of the file, in few words', async ({ change }) => {
    const document = readContainer(formatModel(await trainSmallModel({ plugin, task }))) as object;
    const broken = writeContainer(MODEL_SCHEMA, { ...document, ...change });
    const failure = catchError(() => parseModel(broken, 'champion.model'));
    expect(failure).toBeInstanceOf(StoreError);
    expect(failure.message).toMatch(/^champion\.model: /);
    expect(failure.message.length).toBeLessThan(1000);
  });
});

function catchError(run: () => unknown): Error {
  try {
    run();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}

describe('parseModel', () => {
  it('says of a newer file that it needs a newer version', () => {
    expect(() => parseModel(writeContainer(MODEL_SCHEMA + 1, { whatever: true }))).toThrow(
      /written by a newer version\n {2}next: update/,
    );
  });

  it.each(['', 'null', '[]', '{', '7', '{"schema":0}', '\ud800', '\x89MLOPS\r\n'])('refuses %j', (text) => {
    expect(() => parseModel(utf8(text))).toThrow(StoreError);
    expect(() => parseModel(Uint8Array.from(text, (character) => character.charCodeAt(0)))).toThrow(StoreError);
  });

  it('says of a file of something else that it is no model', () => {
    expect(() => parseModel(utf8('['.repeat(100_000)), 'x.json')).toThrow(
      /x.json: is not a model file[\s\S]*next: name a model that `mlops train` wrote/,
    );
  });
});

describe('modelSha256', () => {
  it('is that of the content of a file', async () => {
    const file = formatModel(await trainSmallModel(dummy));
    const header = JSON.stringify(readContainer(file));
    expect(modelSha256(file)).toBe(sha256Hex(utf8(`${sha256Hex(utf8(header))}\n`)));
  });

  it("with another model's in its place is noticed", async () => {
    const file = formatModel(await trainSmallModel(dummy));
    const other = formatModel({ ...(await trainSmallModel(dummy)), signature: null });
    expect(modelSha256(other)).not.toBe(modelSha256(file));
    other.set(file.subarray(-32), other.length - 32);
    expect(modelSha256(other)).toBe(modelSha256(file));
    expect(parseModel(file).predict(smallTable).outputs).toHaveLength(40);
    expect(() => parseModel(other)).toThrow('SHA-256 does not match');
  });
});
