import { describe, expect, it } from 'vitest';
import { parseProject } from '../config/parse.ts';
import { anAcceptance } from '../tracking/acceptance.fixture.ts';
import { acceptedReport } from './accepted-report.ts';
import { aLimit, aReport, aVerdict } from './report.fixture.ts';

const rules = parseProject('datasets: { churn: { path: churn.csv, target: Churn } }', 'mlops.yml');
const failed = aLimit({ outcome: 'fail', reason: 'drop_past_limit', value: 0.8212 });
const report = aReport({
  stopsMerge: true,
  verdict: aVerdict({ outcome: 'fail', gates: [failed] }),
  warnings: ['one'],
});
const [sha, other] = ['a'.repeat(40), 'b'.repeat(40)];

describe('acceptedReport', () => {
  it('stops no merge with what was accepted, and says why other acceptances do not count', async () => {
    const given = (shas: string[]) => async () => ({ accepted: [anAcceptance({ sha })], shas, notes: [] });
    const accepted = await acceptedReport(report, rules, given([sha]));
    expect(accepted).toMatchObject({ stopsMerge: false, warnings: ['one'], verdict: { outcome: 'pass' } });
    const refused = await acceptedReport(report, rules, given([other]));
    expect(refused).toMatchObject({ stopsMerge: true, verdict: { outcome: 'fail' } });
    expect(refused.warnings).toEqual(['one', expect.stringContaining('not for this commit')]);
  });

  it('asks for none where nothing stops a merge', async () => {
    const asked = () => Promise.reject(new Error('asked'));
    const passing = aReport();
    expect(await acceptedReport(passing, rules, asked)).toBe(passing);
    const unjudged = aReport({ verdict: null, stopsMerge: true });
    expect(await acceptedReport(unjudged, rules, asked)).toBe(unjudged);
  });
});
