import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StoreError } from '../errors/app-error.ts';
import { categoricalColumn, createTable } from '../table/table.ts';
import { models } from './index.ts';
import { inlineWorkers } from './inline-workers.ts';
import { formatModel, parseModel } from './model-file.ts';
import { trainModel } from './trained-model.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Place = Json[] | { [key: string]: Json };

const n = 30;
const table = createTable([
  { kind: 'numeric', name: 'x', values: Float64Array.from({ length: n }, (_, i) => (i * 7) % 11) },
  categoricalColumn(
    'k',
    Array.from({ length: n }, (_, i) => ['a', 'b', 'c'][i % 3]),
  ),
]);

async function aModelFile(id: string, nClasses: number): Promise<{ [key: string]: Json }> {
  const model = await trainModel(models.get(id), {
    table,
    rows: Uint32Array.from({ length: n }, (_, row) => row),
    columns: ['x', 'k'],
    target: Float64Array.from({ length: n }, (_, row) => (nClasses > 0 ? row % nClasses : row)),
    params: id.endsWith('random_forest') ? { n_estimators: 3 } : {},
    nClasses,
    seed: 1,
    workers: inlineWorkers,
  });
  return JSON.parse(new TextDecoder().decode(formatModel(model)));
}

const parse = (document: Json) => parseModel(new TextEncoder().encode(JSON.stringify(document)), 'champion.json');

/** Every object and array with each of its keys. */
function places(json: Json): { at: Place; key: string }[] {
  if (json === null || typeof json !== 'object') return [];
  return Object.entries(json).flatMap(([key, value]) => [{ at: json, key }, ...places(value)]);
}

const cases = models.all.flatMap(({ id, tasks }) =>
  tasks.map((task) => ({ id, nClasses: task === 'regression' ? 0 : 3 })),
);

describe.each(cases)('the file of $id with $nClasses classes', ({ id, nClasses }) => {
  it('with any part replaced, removed or doubled is refused, or predicts', async () => {
    const sound = await aModelFile(id, nClasses);
    const count = places(sound).length;
    const foreign = fc.constantFrom<Json>(null, true, -1, 0, 1, 2, 5, 0.5, 1e9, 1e308, '', 'x', 'AAAAAAAA', [], {});
    const mutation = fc.tuple(fc.nat(count - 1), fc.constantFrom('replace', 'remove', 'double', 'reverse'), foreign);
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 2 }), (mutations) => {
        const broken = structuredClone(sound);
        const all = places(broken);
        for (const [i, how, value] of mutations) {
          const { at, key } = all[i]!;
          if (Array.isArray(at) && how === 'remove') at.splice(Number(key), 1);
          else if (Array.isArray(at) && how === 'double') at.push(structuredClone(at[Number(key)] ?? null));
          else if (Array.isArray(at) && how === 'reverse') at.reverse();
          else if (how === 'remove') delete (at as { [key: string]: Json })[key];
          else (at as { [key: string]: Json })[key] = value;
        }
        try {
          expect(parse(broken).predict(table).prediction).toHaveLength(n);
        } catch (error) {
          if (!(error instanceof StoreError) && (error as Error).name !== 'DataError') throw error;
        }
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    { title: 'another number of classes', break: { n_classes: nClasses === 0 ? 3 : 2 } },
    {
      title: 'classes where there are none, or none where there are some',
      break: { n_classes: nClasses === 0 ? 2 : 0 },
    },
    {
      title: 'the preprocessing of another kind of model',
      break: { preprocessor: { encoding: models.get(id).encoding === 'native' ? 'dense' : 'native', columns: [] } },
    },
    { title: 'a model that is nothing', break: { fitted: null } },
    { title: 'a kind of model there is not', break: { model: 'constructor' } },
    { title: 'a key too many', break: { more: 1 } },
  ])('with $title is refused by name of the file', async ({ break: change }) => {
    const document = { ...(await aModelFile(id, nClasses)), ...change } as Json;
    expect(() => parse(document)).toThrow(StoreError);
    expect(() => parse(document)).toThrow(/^champion\.json: /);
  });
});

describe('parseModel', () => {
  it('says of a newer file that it needs a newer version', async () => {
    const newer = { ...(await aModelFile('dummy', 0)), schema: 2 };
    expect(() => parse(newer)).toThrow(/written by a newer version\n {2}next: update/);
  });
  it.each(['', 'null', '[]', '{', '\ud800'])('refuses %j', (text) => {
    expect(() => parseModel(new TextEncoder().encode(text))).toThrow(StoreError);
  });
});
