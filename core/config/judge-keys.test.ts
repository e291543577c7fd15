import { describe, expect, it } from 'vitest';
import { judgeByBase } from './judge-keys.ts';
import { parseProject } from './parse.ts';

const project = (changes: [search: string, replacement: string][] = []) => {
  const text = `on_inconclusive: fail
datasets:
  churn:
    path: churn.csv
    target: Churn
    metrics: [roc_auc]
    models: [random_forest, dummy]
    gates: { roc_auc: { min: 0.8, max_drop: 0.01 } }
`;
  return parseProject(
    changes.reduce((all, [search, replacement]) => all.replace(search, replacement), text),
    'mlops.yml',
  );
};

describe('judgeByBase', () => {
  it('takes gates, target, metrics and policy from the base and says what the change would have them be', () => {
    const head = project([
      ['max_drop: 0.01', 'max_drop: 0.5'],
      ['on_inconclusive: fail', 'on_inconclusive: pass'],
    ]);
    const judged = judgeByBase(head, project());
    expect(judged.project.datasets[0]!.gates.byMetric).toEqual({ roc_auc: { min: 0.8, max_drop: 0.01 } });
    expect(judged.project.onInconclusive).toBe('fail');
    expect(judged.changes).toEqual([
      { key: 'on_inconclusive', before: 'fail', after: 'pass' },
      {
        key: 'datasets.churn.gates.roc_auc',
        before: '{"min":0.8,"max_drop":0.01}',
        after: '{"min":0.8,"max_drop":0.5}',
      },
    ]);
  });
  it('leaves path, parameters and columns to the change', () => {
    const head = project([
      ['path: churn.csv', 'path: new.csv'],
      ['[random_forest, dummy]', '{ random_forest: { max_depth: 3 }, dummy: {} }'],
    ]);
    const { project: merged, changes } = judgeByBase(head, project());
    expect(merged.datasets[0]).toMatchObject({ path: 'new.csv', models: [{ params: { max_depth: 3 } }, {}] });
    expect(changes).toEqual([]);
  });
  it('says which models and datasets the change drops', () => {
    expect(judgeByBase(project([['random_forest, dummy', 'dummy']]), project()).changes).toEqual([
      { key: 'datasets.churn.models', before: '["random_forest","dummy"]', after: '["dummy"]' },
    ]);
    expect(judgeByBase(project([['  churn:', '  other:']]), project())).toMatchObject({
      removed: ['churn'],
      changes: [],
    });
  });
  it('judges a dataset that is new by its own rules', () => {
    const head = project([['datasets:', 'datasets:\n  new: { path: n.csv, target: y, gates: { f1: { min: 0.5 } } }']]);
    const { project: merged, changes } = judgeByBase(head, project());
    expect(changes).toEqual([]);
    expect(merged.datasets.find(({ id }) => id === 'new')!.gates.byMetric).toEqual({ f1: { min: 0.5 } });
  });
  it('changes nothing without a base', () => {
    expect(judgeByBase(project(), null)).toMatchObject({ removed: [], changes: [] });
  });
});
