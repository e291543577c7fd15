import { describe, expect, it } from 'vitest';
import { parseProject } from '../../core/config/parse.ts';
import type { DatasetDrift } from '../../core/drift/drift-result.ts';
import { aDatasetDrift, aDriftOfEverything } from '../../core/report/drift-report.fixture.ts';
import { driftByBase } from './claimed-drift.ts';

const projectWith = (drift: string) =>
  parseProject(`datasets:\n  churn: { path: a.csv, target: y, drift: { current: b.csv${drift} } }\n`, 'mlops.yml');
const claimOf = (changes: Parameters<typeof aDriftOfEverything>[0] = {}): DatasetDrift =>
  aDatasetDrift({ dataset: 'churn', drift: aDriftOfEverything(changes) });
const judged = (drift: string, ...found: DatasetDrift[]) => {
  const project = projectWith(drift);
  return driftByBase(project.datasets, project, { gates: found.flatMap(({ gate }) => gate ?? []), found });
};

describe('drift that jobs claim', () => {
  it('is held against the share that the base allows, whatever the job says of it', () => {
    const claim = claimOf({ maxShare: 1, drifted: false, share: 0.875 });
    const { gates, found } = judged(', max_share: 0.2', claim);
    expect(found).toMatchObject([{ drift: { maxShare: 0.2, drifted: true }, gate: { outcome: 'fail', allowed: 0.2 } }]);
    expect(gates).toEqual([found[0]!.gate]);
  });

  it('is shown without a gate where the base sets none, also when the job judged it', () => {
    expect(judged('', claimOf())).toMatchObject({ gates: [], found: [{ gate: null, drift: { maxShare: 0.3 } }] });
  });

  it('of several jobs is what drifted most, and of other datasets nothing', () => {
    const other = { ...claimOf({ share: 1 }), dataset: 'houses' };
    const { found } = judged('', claimOf({ share: 0.1 }), claimOf({ share: 0.5 }), claimOf({ share: null }), other);
    expect(found).toMatchObject([{ dataset: 'churn', drift: { share: 0.5 } }]);
  });

  it('that nobody tells is no pass', () => {
    expect(judged(', max_share: 0.2')).toMatchObject({ gates: [{ outcome: 'not_comparable' }], found: [] });
    expect(judged('')).toEqual({ gates: [], found: [] });
  });
});
