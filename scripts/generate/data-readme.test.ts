import { expect, it } from 'vitest';
import { renderDataColumns } from './data-readme.ts';

it('data/columns.md is what the generators say', async () => {
  await expect(renderDataColumns()).toMatchFileSnapshot('../../data/columns.md');
});
