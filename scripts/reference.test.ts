import { expect, it } from 'vitest';
import { renderReference } from './reference.ts';

it('docs/reference.md is what schemas and registries say', async () => {
  await expect(renderReference()).toMatchFileSnapshot('../docs/reference.md');
});
