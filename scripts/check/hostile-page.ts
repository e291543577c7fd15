import { writeFileSync } from 'node:fs';
import { hostileReport } from '../../core/report/html/hostile-report.fixture.ts';
import { renderPage } from '../../core/report/html/page.ts';

/** Writes an HTML report in which every name is tame, or tries to act: `node hostile-page.ts tame|hostile <file>`. */
const [names, file = ''] = process.argv.slice(2);
const { report, charts } = hostileReport(names === 'tame');
writeFileSync(file, await renderPage(report, charts));
