import { expect, it } from 'vitest';
import { pageScript } from '../../core/report/html/page-script.ts';
import { bundlePageScript } from './page-script.ts';

it('the script of the HTML report is what its sources give: `npm run build:page` refreshes it', async () => {
  expect((await pageScript()) === (await bundlePageScript())).toBe(true);
});
