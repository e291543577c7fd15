import { describe, expect, it } from 'vitest';
import { renderMarkdown } from './markdown.ts';
import {
  aBudget,
  aDataset,
  aDrift,
  aFloor,
  aLimit,
  aModel,
  anUntestedLimit,
  aReport,
  aReportWithout,
  aVerdict,
} from './report.fixture.ts';
import type { Report } from './report-schema.ts';
import { renderTerminal } from './terminal.ts';

const states: Record<string, Report> = {
  'self-reported': aReport({
    verdict: aVerdict({
      outcome: 'not_comparable',
      gates: [
        anUntestedLimit({ model: 'custom', outcome: 'not_comparable', reason: 'self_reported', value: 0.91 }),
        anUntestedLimit({ model: 'custom', outcome: 'fail', reason: 'self_reported', value: 0.91 }),
        aFloor({ model: 'custom', outcome: 'inconclusive', reason: 'test_set_alone' }),
      ],
    }),
    datasets: [
      aDataset({
        selectedModel: 'custom',
        models: [
          aModel(),
          aModel({ model: 'custom', measuredOn: 'self_reported', modelSha256: null, modelBytes: null }),
          aModel({ model: 'other', measuredOn: 'test' }),
        ],
      }),
    ],
  }),
  pass: aReport(),
  'first-run': aReportWithout({ reason: 'no_run' }),
  fail: aReport({
    verdict: aVerdict({
      outcome: 'fail',
      gates: [
        aFloor(),
        aLimit(
          { outcome: 'fail', reason: 'drop_past_limit', value: 0.8291 },
          { drop: 0.0121 },
          { pValue: 0.00002, adjustedPValue: 0.00004 },
        ),
        aLimit(
          { metric: 'f1', reason: 'drop_within_limit', value: 0.58, allowed: 0.01, written: 'max_drop: 0.01' },
          { baseline: 0.584, drop: 0.004 },
          { adjustedPValue: 0.004 },
        ),
      ],
    }),
    datasets: [
      aDataset({
        data: {
          path: 'data/churn_data.csv',
          rows: 7100,
          sha256: `0ddba11${'0'.repeat(57)}`,
          columns: ['tenure', 'plan|`x`'],
        },
      }),
    ],
    judgeChanges: [{ key: 'datasets.churn.gates.roc_auc.max_drop', before: '0.005', after: '0.5' }],
    changedFiles: ['mlops.yml', 'src/@someone/train.py', 'notes <b>.md'],
  }),
  inconclusive: aReport({
    verdict: aVerdict({
      outcome: 'inconclusive',
      gates: [
        aLimit(
          { outcome: 'inconclusive', reason: 'drop_not_proved', value: 0.834 },
          { drop: 0.0072 },
          { standardError: 0.006, pValue: 0.11, adjustedPValue: 0.11, smallestDrop: 0.0217 },
        ),
        aFloor({ value: 0.702, isNear: true }),
      ],
    }),
  }),
  incomplete: aReport({
    verdict: aVerdict({
      outcome: 'fail',
      missing: [
        { dataset: 'churn', model: 'logistic_regression', metric: null, detail: 'was not trained' },
        { dataset: 'fraud', model: 'random_forest', metric: 'f1', detail: 'has no finite value' },
      ],
    }),
    warnings: [
      'logistic_regression: stopped after 1000 iterations <script>alert(1)</script> | @team',
      '`data/churn_data.csv`: column "a_b" determines "Churn"',
    ],
  }),
  'evaluation-changed': aReport({
    verdict: aVerdict({
      outcome: 'fail',
      evaluationSets: [
        {
          ...aVerdict().evaluationSets[0]!,
          outcome: 'fail',
          shared: 6800,
          gone: 243,
          relabelled: 12,
          candidateRows: 6800,
        },
      ],
    }),
    datasets: [
      aDataset({
        notes: [
          { note: 'rows_gone', rows: 243 },
          { note: 'rows_relabelled', rows: 12 },
        ],
      }),
    ],
  }),
  'not-comparable': aReport({
    verdict: aVerdict({
      outcome: 'not_comparable',
      gates: [
        aBudget(),
        aDrift({ outcome: 'not_comparable', reason: 'no_reference', columns: 0, share: null }),
        aDrift(),
      ],
    }),
  }),
  'nothing-to-merge': aReport({
    verdict: aVerdict({ outcome: 'nothing_to_merge', evaluationSets: [], gates: [] }),
    datasets: [],
    changedFiles: null,
  }),
  error: aReport({
    verdict: aVerdict({ outcome: 'error', evaluationSets: [], gates: [] }),
    datasets: [],
    changedFiles: null,
    errors: [
      {
        file: 'data/churn_data.csv',
        place: 'line 3',
        message: 'expected 12 fields (as in the header), found 11',
        next: 'correct the row, or run `mlops init data/churn_data.csv`',
      },
      { message: 'the table of <b>fraud</b> does not exist', found: '@team', allowed: 'a table' },
    ],
  }),
};

describe('renderMarkdown', () => {
  it.each(Object.entries(states))('of a report in the state %s is the golden file', async (state, report) => {
    await expect(renderMarkdown(report)).toMatchFileSnapshot(`golden/${state}.md`);
  });

  it('lets no foreign text become a mention, HTML or a table cell', () => {
    const text = Object.values(states)
      .map((report) => renderMarkdown(report))
      .join('\n');
    const outsideOfCode = text.replace(/(`+)[^\n]*?\1/g, '');
    expect(outsideOfCode).not.toMatch(/(?<!\\)<(script|b>)|@(?!\u200b)/);
  });

  it('shows paths as they are', () => {
    const text = renderMarkdown(states.incomplete!) + renderMarkdown(states.error!);
    expect(text.match(/`data\/churn_data\.csv`/g)).toHaveLength(2);
    expect(text).not.toContain('&#95;');
  });

  it('drops whole sections by priority when it would be too long, and says so', () => {
    const names = Array.from({ length: 400 }, (_, i) => `model_${i}_${'x'.repeat(60)}`);
    const long = aReport({ datasets: [aDataset({ models: names.map((model) => aModel({ model })) })] });
    const text = renderMarkdown(long, 60_000);
    expect(new TextEncoder().encode(text).length).toBeLessThanOrEqual(60_000);
    expect(text).toContain('Left out for length');
    expect(text).toContain('### ✅');
    expect(text).toContain('| ✅ |');
  });
});

describe('renderTerminal', () => {
  it.each(Object.entries(states))('of a report in the state %s is the golden file', async (state, report) => {
    await expect(renderTerminal(report)).toMatchFileSnapshot(`golden/${state}.txt`);
  });
});
