import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { effectiveConfig } from './effective.ts';
import { originsOf } from './origins.ts';
import { parseProject } from './parse.ts';
import { datasetSchema, projectSchema } from './schema.ts';

const fixture = (name: string) => fileURLToPath(new URL(`../../test/fixtures/${name}`, import.meta.url));
const text = readFileSync(fixture('mlops-v1.yml'), 'utf8');

// The rules of a change are those of its base commit. If an upgrade could not read them, it could never be merged.
it('a project file of version 1 is read, and means what it meant', async () => {
  const project = parseProject(text, 'mlops.yml');
  await expect(effectiveConfig(project, originsOf(text, 'mlops.yml'))).toMatchFileSnapshot(
    fixture('mlops-v1.effective.yml'),
  );
});

it('the file has every key of this version', () => {
  const { datasets, ...project } = parse(text);
  const keysOf = (section: object) => Object.keys(section).sort();
  expect(keysOf({ ...project, datasets })).toEqual(keysOf(projectSchema.shape));
  expect(keysOf(Object.assign({}, ...Object.values<object>(datasets)))).toEqual(keysOf(datasetSchema.shape));
  for (const section of ['tuning', 'drift', 'tracking', 'baseline'] as const)
    expect(keysOf(project[section])).toEqual(keysOf(parseKeys(projectSchema.shape[section])));
  for (const section of ['generator', 'split', 'cost'] as const) {
    const written = Object.values<Record<string, object>>(datasets).map((dataset) => dataset[section] ?? {});
    expect(keysOf(Object.assign({}, ...written))).toEqual(keysOf(parseKeys(datasetSchema.shape[section])));
  }
});

/** Of a section that may be left out, its keys. */
function parseKeys(section: { readonly def: { readonly innerType?: unknown } } | { readonly shape?: object }): object {
  if ('shape' in section && section.shape) return section.shape;
  if ('def' in section && section.def.innerType)
    return parseKeys(section.def.innerType as Parameters<typeof parseKeys>[0]);
  throw new Error('not a section');
}
