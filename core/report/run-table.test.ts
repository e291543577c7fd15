import { describe, expect, it } from 'vitest';
import { writeCsv } from '../table/csv-writer.ts';
import { aRun } from '../tracking/run.fixture.ts';
import { summaryOf } from '../tracking/run-summary.ts';
import { runTable } from './run-table.ts';

const run = aRun();
const csv = (...runs: (typeof run)[]) =>
  writeCsv(runTable(runs.map(summaryOf)))
    .trimEnd()
    .split('\n');

describe('runTable', () => {
  it('has the columns of every run first, then metrics, then parameters, each by name', () => {
    const metric = run.metrics.roc_auc!;
    const other = aRun({ metrics: { f1: metric, accuracy: metric }, params: { C: 1 } });
    expect(csv(run, other)[0]).toBe(
      'id,created,dataset,model,task,target,sha,branch,dirty,measured_on,repeats,rows,data_sha256,model_sha256,fit_seconds,' +
        'metrics.accuracy,metrics.accuracy.low,metrics.accuracy.high,test.accuracy,metrics.f1,metrics.f1.low,metrics.f1.high,test.f1,' +
        'metrics.roc_auc,metrics.roc_auc.low,metrics.roc_auc.high,test.roc_auc,params.C,params.max_depth,params.n_estimators',
    );
  });

  it('has a row per run, and empty fields for what a run does not have', () => {
    const [, row] = csv(run);
    expect(row).toBe(
      [
        '20261124-073812-churn-random_forest-0badc0de,2026-11-24T07:38:12.000Z,churn,random_forest,classification,Churn',
        `${'e'.repeat(40)},main,false,folds,2,500,${'a'.repeat(64)},${'c'.repeat(64)},1.5`,
        '0.85,0.83,0.87,0.84,,100',
      ].join(','),
    );
  });

  it('gives spreadsheets no formula, and leaves numbers and other text as they are', () => {
    const params = { a: '=1+1', b: '-5', c: '-x', d: -5, e: '@SUM(A1)', f: '+1e3', g: 'a=b', h: 'one\n"two"' };
    const text = writeCsv(runTable([summaryOf(aRun({ params, git: { ...run.git, branch: '=HYPERLINK("x")' } }))]));
    expect(text).toContain(`,"'=HYPERLINK(""x"")",`);
    expect(text.slice(text.indexOf('0.84,') + 5)).toBe(`'=1+1,-5,'-x,-5,'@SUM(A1),+1e3,a=b,"one\n""two"""\n`);
  });

  it('takes a record whose metrics are named like its own columns', () => {
    const metric = run.metrics.roc_auc!;
    expect(csv(aRun({ metrics: { x: metric, 'x.low': metric } }))).toHaveLength(2);
    expect(csv()).toHaveLength(1);
  });
});
