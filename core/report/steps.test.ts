import { describe, expect, it } from 'vitest';
import { summaryOf } from '../tuning/study-summary.ts';
import { aColumn, aDatasetDrift, aDriftOfEverything } from './drift-report.fixture.ts';
import { renderMarkdown } from './markdown.ts';
import { aReport } from './report.fixture.ts';
import { aStudy } from './study.fixture.ts';
import { renderTerminal } from './terminal.ts';

const report = aReport({
  drift: [aDatasetDrift(), aDatasetDrift({ drift: null, current: null })],
  studies: [aStudy({ written: null }), aStudy({ best: 0, judgement: null, run: null, written: null })].map(summaryOf),
});

describe('drift and tuning in a report', () => {
  it('as Markdown', () => expect(renderMarkdown(report)).toMatchFileSnapshot('golden/steps.md'));
  it('on a terminal', () => expect(renderTerminal(report)).toMatchFileSnapshot('golden/steps.txt'));

  it('names ten columns, and says how many more drifted', () => {
    const columns = Array.from({ length: 14 }, (_, i) => aColumn({ column: `c${i}` }));
    const drift = aDriftOfEverything({ columns, moved: columns.map(({ column }) => column) });
    const text = renderMarkdown(aReport({ drift: [aDatasetDrift({ drift })] }));
    expect(text.match(/^\| `c\d+` /gm)).toHaveLength(10);
    expect(text).toContain('- 4 more columns drifted');
  });
});
