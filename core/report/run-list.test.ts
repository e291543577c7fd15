import { expect, it } from 'vitest';
import { aRun } from '../tracking/run.fixture.ts';
import { summaryOf } from '../tracking/run-summary.ts';
import { renderRunList } from './run-list.ts';

const run = aRun();

it('lists runs below each other, marks uncommitted changes, and says how many more there are', () => {
  const metric = run.metrics.roc_auc!;
  const runs = [
    run,
    aRun({
      id: '20261123-073812-a\u001b[31m-b-00000001'.replace('\u001b[31m', ''),
      dataset: 'a\u001b[31mb',
      model: 'ridge',
      git: { ...run.git, sha: null, dirty: true },
      metrics: { rmse: { ...metric, outOfFold: { value: 1234.5, ci: null, se: null, n: 9 } } },
      measuredOn: 'self_reported',
    }),
  ];
  expect(renderRunList(runs.map(summaryOf), 1300)).toBe(
    [
      'id        when (UTC)        dataset  model          metric                 value  95 %             commit',
      '0badc0de  2026-11-24 07:38  churn    random_forest  roc_auc               0.8500  0.8300 – 0.8700  eeeeeee',
      '00000001  2026-11-24 07:38  a␛[31mb  ridge          rmse (self-reported)   1,235                   none*',
      '',
      '* with uncommitted changes',
      '',
      '1,298 more runs: --limit 1300',
      '',
    ].join('\n'),
  );
});

it('gives whole ids where the last digits are not enough', () => {
  const twin = aRun({ id: '20261125-073812-fraud-ridge-0badc0de' });
  const text = renderRunList([run, twin].map(summaryOf), 2);
  expect(text).toContain(run.id);
  expect(text).toContain(twin.id);
});

it('is empty of no runs', () => expect(renderRunList([], 0)).toBe(''));
