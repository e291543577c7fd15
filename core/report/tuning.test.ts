import { expect, it } from 'vitest';
import type { StudyResult } from '../tuning/study-result.ts';
import { summaryOf } from '../tuning/study-summary.ts';
import { aStudy } from './study.fixture.ts';
import { studiesToMarkdown, studiesToTerminal } from './tuning.ts';

const study = aStudy();
const notBetter: StudyResult = {
  ...study,
  dataset: 'second',
  judgement: { ...study.judgement!, gain: 0.001, pValue: 0.42, isBetter: false },
  written: null,
};
const others: StudyResult[] = [
  { ...study, best: 0, judgement: null, run: null, written: null },
  { ...study, judgement: null, run: null, written: null },
  { ...study, ended: 'interrupted', planned: 50, judgement: null, run: null, written: null },
  { ...study, trials: [], best: null, ended: 'timeout', planned: 50, judgement: null, run: null, written: null },
];

it('studies as a terminal shows them', async () => {
  await expect(studiesToTerminal([study, notBetter, ...others].map(summaryOf))).toMatchFileSnapshot(
    'golden/tuning.txt',
  );
});

it('studies as the summary of a job shows them', async () => {
  await expect(studiesToMarkdown([study, notBetter, ...others].map(summaryOf))).toMatchFileSnapshot('golden/tuning.md');
});

it('a minimum comes first where lower is better', () => {
  const text = studiesToTerminal([summaryOf({ ...study, direction: 'minimize', best: 1 })]);
  expect(text.indexOf('\n1 ')).toBeLessThan(text.indexOf('\n2 '));
});
