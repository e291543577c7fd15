import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { VERSION } from '../core/version.ts';
import { renderActionYml } from './action-yml.ts';

it('action.yml is what the schema of the inputs says', async () => {
  await expect(renderActionYml()).toMatchFileSnapshot('../action.yml');
});

it('the version is that of package.json', () => {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  expect(VERSION).toBe(version);
});
