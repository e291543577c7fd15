import { describe, expect, it } from 'vitest';
import { generators } from '../../datasets/index.ts';
import { injectDrift } from '../../datasets/injectors/index.ts';
import { writeCsv } from '../../table/csv-writer.ts';
import { runProject } from './run-project.fixture.ts';

const generator = generators.get('customer_churn');
const reference = generator.generate({ rows: 300, seed: 1 });
const later = generator.generate({ rows: 300, seed: 2 });
const tables = {
  'churn.csv': writeCsv(reference),
  'same.csv': writeCsv(later),
  'june.csv': writeCsv(injectDrift(later, [{ id: 'mean_shift', column: 'MonthlyCharges', by: 2 }], 1)),
};
const yml = (drift: string) =>
  `datasets:\n  churn: { path: churn.csv, target: Churn, metrics: [roc_auc], models: [dummy], drift: { ${drift} } }\n`;
const verdictOf = async (drift: string, base?: string) =>
  (await runProject({ yml: yml(drift), tables, ...(base !== undefined && { base: yml(base) }) })).report.verdict!;

describe('the gate of drift in a pipeline', () => {
  it.each([
    ['current: june.csv, max_share: 0', 'fail', 'past_share', 'fail'],
    ['current: june.csv, max_share: 0, fail: false', 'pass', 'past_share', 'first_run'],
    ['current: june.csv, max_share: 0.5', 'pass', 'within_share', 'first_run'],
    ['current: same.csv, max_share: 0', 'pass', 'within_share', 'first_run'],
    ['max_share: 0.5', 'not_comparable', 'no_reference', 'not_comparable'],
  ])('{ %s }: %s, %s; the verdict: %s', async (drift, outcome, reason, verdict) => {
    const found = await verdictOf(drift);
    expect(found.gates).toMatchObject([{ kind: 'drift', dataset: 'churn', outcome, reason }]);
    expect(found.outcome).toBe(verdict);
  });
  it('is not there where it is not asked for', async () =>
    expect((await verdictOf('current: june.csv')).gates).toEqual([]));
  it('keeps the rule of the base', async () => {
    const { gates } = await verdictOf('current: june.csv, max_share: 1', 'current: same.csv, max_share: 0');
    expect(gates).toMatchObject([{ outcome: 'fail', written: 'max_share: 0', moved: ['MonthlyCharges'] }]);
  });
  it('does not pass when the table is not there', () =>
    expect(verdictOf('current: july.csv, max_share: 1')).rejects.toThrow('july.csv: the table does not exist'));
});

describe('drift in a pipeline without a gate', () => {
  const reportOf = async (drift: string) => (await runProject({ yml: yml(drift), tables })).report;
  it('is told of a dataset that has a second table', async () => {
    const { drift, warnings } = await reportOf('current: june.csv');
    expect(drift).toMatchObject([{ dataset: 'churn', gate: null, drift: { moved: ['MonthlyCharges'] } }]);
    expect(warnings.filter((each) => each.includes('drift'))).toEqual([]);
  });
  it('is left out of a dataset that has none', async () => expect((await reportOf('')).drift).toBeUndefined());
  it('is a warning where its table is not there, and changes no verdict', async () => {
    const { drift, warnings, verdict } = await reportOf('current: july.csv');
    expect(drift).toBeUndefined();
    expect(warnings).toContainEqual(
      expect.stringMatching(/^drift of churn is not known: `july.csv`: the table does not exist/),
    );
    expect(verdict?.outcome).toBe('first_run');
  });
});
