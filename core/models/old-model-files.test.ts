import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formatModel, MODEL_SCHEMA, modelSha256, parseModel } from './model-file.ts';
import { MODEL_FIXTURES, smallModels, smallTable } from './small-models.fixture.ts';

const read = (path: string) => readFileSync(new URL(path, MODEL_FIXTURES));
const kept = readdirSync(MODEL_FIXTURES, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.model'))
  .sort();

describe('model files of every version', () => {
  it.each(kept)('%s gives the predictions it gave when it was written, bit for bit', (path) => {
    const expected = JSON.parse(read(path.replace('.model', '.outputs.json')).toString()) as number[];
    expect([...parseModel(read(path), path).predict(smallTable).outputs]).toEqual(expected);
  });

  it.each(kept.filter((path) => path.startsWith(`schema-${MODEL_SCHEMA}`)))('%s has the SHA-256 it had', (path) => {
    expect(modelSha256(formatModel(parseModel(read(path))))).toBe(modelSha256(read(path)));
  });

  it('are kept of every schema there was, from the first that was released', () => {
    const schemas = new Set(kept.map((path) => path.split(/[/\\]/)[0]));
    expect(schemas).toEqual(new Set(Array.from({ length: MODEL_SCHEMA - 1 }, (_, i) => `schema-${i + 2}`)));
  });

  it('are kept of every model in the schema of today: node scripts/generate/model-fixtures.ts', () => {
    const today = kept.filter((path) => path.startsWith(`schema-${MODEL_SCHEMA}`));
    expect(today.map((path) => path.slice(`schema-${MODEL_SCHEMA}/`.length)).sort()).toEqual(
      smallModels.map(({ name }) => `${name}.model`).sort(),
    );
  });
});
