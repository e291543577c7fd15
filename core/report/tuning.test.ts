import { expect, it } from 'vitest';
import type { StudyResult } from '../tuning/study-result.ts';
import { studiesToMarkdown, studiesToTerminal } from './tuning.ts';

const trial = (number: number, value: number | null, changes: object = {}) => ({
  ...{ number, value, state: 'complete' as const, params: { max_depth: number, max_features: 'sqrt' } },
  ...{ lastStep: 10, isCurrent: false, failure: null },
  ...changes,
});

const study: StudyResult = {
  ...{ dataset: 'churn', model: 'random_forest', metric: 'roc_auc', direction: 'maximize' },
  ...{ journal: '.mlops/tuning/churn_random_forest.journal', planned: 5, ended: 'complete' },
  trials: [
    trial(0, 0.8, { isCurrent: true, params: { max_features: null } }),
    trial(1, 0.7),
    trial(2, 0.85),
    trial(3, 0.6, { state: 'pruned' }),
    trial(4, null, { state: 'failed', failure: 'no row' }),
  ],
  best: 2,
  judgement: {
    ...{ current: 0.81, winner: 0.83, gain: 0.02, standardError: 0.005 },
    ...{ pValue: 0.0004, smallestGain: 0.0149, isBetter: true },
  },
  run: '20261129-120000-churn-random_forest-0badc0de',
  written: 'mlops.yml',
};
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
  await expect(studiesToTerminal([study, notBetter, ...others])).toMatchFileSnapshot('golden/tuning.txt');
});

it('studies as the summary of a job shows them', async () => {
  await expect(studiesToMarkdown([study, notBetter, ...others])).toMatchFileSnapshot('golden/tuning.md');
});

it('a minimum comes first where lower is better', () => {
  const text = studiesToTerminal([{ ...study, direction: 'minimize', best: 1 }]);
  expect(text.indexOf('\n1 ')).toBeLessThan(text.indexOf('\n2 '));
});
