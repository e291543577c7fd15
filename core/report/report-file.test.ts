import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { StoreError } from '../errors/app-error.ts';
import {
  aBudget,
  aDataset,
  aDrift,
  aFloor,
  anUntestedLimit,
  aReport,
  aReportWithout,
  aVerdict,
} from './report.fixture.ts';
import { formatReport, readReport } from './report-file.ts';
import { renderReportJsonSchema } from './report-json-schema.ts';
import type { Report } from './report-schema.ts';

const accepted = { by: 'Ada', at: '2026-11-25T06:15:00.000Z', because: 'meant' };
const reports: Readonly<Record<string, Report>> = {
  'a pass': aReport(),
  'a first run': aReportWithout({ reason: 'no_run' }),
  'a changed split': aReportWithout({
    reason: 'split_changed',
    before: { folds: 5, group: null, time: null, gap: 0 },
    after: { folds: 5, group: 'customer', time: null, gap: 0 },
  }),
  'gates of every kind': aReport({
    verdict: aVerdict({
      gates: [
        aDrift(),
        aBudget(),
        aFloor({ accepted, slice: { column: 'isOld', value: 'maxAge' } }),
        anUntestedLimit({}),
      ],
    }),
    datasets: [
      aDataset({
        notes: [{ note: 'other_branch', branch: 'master', defaultBranch: 'main' }],
        slices: [{ column: 'Contract', value: 'Two year', n: 40, metrics: [] }],
      }),
    ],
    judgeChanges: [{ key: 'datasets.churn.gates', before: 'a', after: 'b' }],
  }),
  'an error': aReport({ verdict: null, datasets: [], errors: [{ message: 'x', file: 'mlops.yml', next: 'y' }] }),
};

describe('report.json', () => {
  it.each(Object.entries(reports))('of %s reads back as what was written', (_, report) => {
    expect(readReport(formatReport(report), 'report.json')).toEqual(report);
  });

  it('has snake_case keys, and the names of parameters and columns as they are', () => {
    const text = formatReport(
      aReport({ datasets: [{ ...aDataset(), models: [{ ...aDataset().models[0]!, params: { maxDepth: 3 } }] }] }),
    );
    const keys = [...text.matchAll(/"([^"]+)":/g)].map(([, key]) => key);
    expect(keys).toContain('selected_model');
    expect(keys.filter((key) => /[A-Z]/.test(key!))).toEqual(['maxDepth']);
  });

  it('is what docs/report.schema.json says', async () => {
    await expect(renderReportJsonSchema()).toMatchFileSnapshot('../../docs/report.schema.json');
    const check = new Ajv2020({ strict: false }).compile(JSON.parse(renderReportJsonSchema()));
    for (const report of Object.values(reports))
      expect(check(JSON.parse(formatReport(report))), JSON.stringify(check.errors)).toBe(true);
    expect(check({ ...JSON.parse(formatReport(aReport())), verdict: { outcome: 'maybe' } })).toBe(false);
  });

  it('may have fields that this version does not know', () => {
    const wire = { ...JSON.parse(formatReport(aReport())), weather: [1] };
    expect(readReport(JSON.stringify(wire), 'report.json')).toEqual(aReport());
  });

  const wire = JSON.parse(formatReport(aReport()));
  it.each<[string, string, object]>([
    ['text', 'no json', { message: 'is not a report: not JSON' }],
    ['a later report', JSON.stringify({ ...wire, schema: 3 }), { found: 'schema 3', allowed: 'schema 2' }],
    ['an earlier report', JSON.stringify({ schema: 1 }), { message: expect.stringContaining('an earlier version') }],
    ['a list', '[]', { message: expect.stringContaining('is not a report') }],
    [
      'a report with another verdict',
      JSON.stringify({ ...wire, verdict: { ...wire.verdict, evaluation_sets: [{ baseline_rows: -1 }] } }),
      { place: expect.stringMatching(/^verdict\.evaluation_sets\.0\./) },
    ],
    [
      'a report that has the names in memory',
      JSON.stringify({ ...wire, judge_changes: undefined, judgeChanges: [] }),
      { place: 'judge_changes' },
    ],
  ])('refuses %s with file, place and what to do', (_, text, problem) => {
    const refused = () => readReport(text, 'reports/report.json');
    expect(refused).toThrow(StoreError);
    try {
      refused();
    } catch (error) {
      expect((error as StoreError).problems[0]).toMatchObject({
        file: 'reports/report.json',
        next: expect.stringContaining('mlops pipeline'),
        ...problem,
      });
    }
  });
});
