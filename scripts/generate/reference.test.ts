import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { documentJsonSchema } from '../../core/commands/document.ts';
import { commands } from '../../core/commands/index.ts';
import { injectors } from '../../core/datasets/injectors/index.ts';
import { trainers } from '../../core/trainers/index.ts';
import { renderJsonSchema } from './project-json-schema.ts';
import { renderReference } from './reference.ts';
import { jsonSchemaOf, rowsOf } from './schema-rows.ts';

it('docs/reference.md is what schemas and registries say', async () => {
  await expect(renderReference()).toMatchFileSnapshot('../../docs/reference.md');
});

it('every parameter has a row, whatever it may be', () => {
  for (const { id, params } of [...trainers.all, ...injectors.all]) {
    const { properties } = jsonSchemaOf(params);
    const shown = rowsOf(jsonSchemaOf(params)).map(({ path }) => path.split('.')[0]);
    expect([id, ...new Set(shown)]).toEqual([id, ...Object.keys(properties ?? {})]);
  }
});

it('docs/mlops.schema.json is the schema of mlops.yml, and accepts our own', async () => {
  await expect(renderJsonSchema()).toMatchFileSnapshot('../../docs/mlops.schema.json');
  const check = new Ajv2020({ strict: false }).compile(JSON.parse(renderJsonSchema()));
  const own: unknown = parse(readFileSync(new URL('../../mlops.yml', import.meta.url), 'utf8'));
  expect(check(own), JSON.stringify(check.errors)).toBe(true);
  expect(check({ datasets: { a: { path: 'a.csv', taget: 'y' } } })).toBe(false);
  expect(check({ datasets: { a: { path: 'a.csv', target: 'y', gates: { r2: { min_drop: 1 } } } } })).toBe(false);
  expect(check({ datasets: { a: { path: 'a.csv', target: 'y' } }, models: { random_forest: { tres: 1 } } })).toBe(
    false,
  );
});

it('docs/json.schema.json is the schema of what `--json` prints, and knows each command', async () => {
  const schema = await documentJsonSchema(commands.all);
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot('../../docs/json.schema.json');
  const check = addFormats.default(new Ajv2020({ strict: false })).compile(schema);
  const rest = { schema: 2, files: [], warnings: [] };
  for (const { id } of commands.all) {
    const failed = { ...rest, command: id, status: 'error', result: null, errors: [{ message: 'x', next: 'y' }] };
    expect(check(failed), JSON.stringify(check.errors)).toBe(true);
  }
  expect(check({ ...rest, command: 'generate', status: 'done', result: { tables: [] }, errors: [] })).toBe(true);
  expect(check({ ...rest, command: 'generate', status: 'done', result: { runs: [] }, errors: [] })).toBe(false);
  expect(check({ ...rest, command: 'calibrate', status: 'done', result: null, errors: [] })).toBe(false);
});
