import { describe, expect, it } from 'vitest';
import { renderMarkdown } from './markdown.ts';
import { aDataset, aFloor, aGate, aModel, aReport, aVerdict } from './report.fixture.ts';
import type { Report } from './report.ts';
import { renderTerminal } from './terminal.ts';

const withoutBaseline = aDataset({
  baseline: { kind: 'none', why: { reason: 'no_run' } },
  baselineData: null,
  models: [
    aModel({
      baselineRun: null,
      changedParams: [],
      metrics: aModel().metrics.map((metric) => ({ ...metric, baseline: null, delta: null, trend: [] })),
    }),
  ],
});
const refused = { reason: 'refused', sha: 'a'.repeat(40), detail: 'run file <x> @team was altered' } as const;
const unjudged = {
  baseline: null,
  drop: null,
  standardError: null,
  pValue: null,
  adjustedPValue: null,
  smallestDrop: null,
  pairing: null,
};

const states: Record<string, Report> = {
  'self-reported': aReport({
    verdict: aVerdict({
      outcome: 'inconclusive',
      gates: [
        aGate({ model: 'custom', outcome: 'inconclusive', reason: 'self_reported', value: 0.91, ...unjudged }),
        aGate({ model: 'custom', outcome: 'fail', reason: 'self_reported', value: 0.91, ...unjudged }),
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
  'first-run': aReport({
    verdict: aVerdict({ evaluationSets: [], gates: [aGate({ reason: 'first_run', ...unjudged }), aFloor()] }),
    datasets: [withoutBaseline],
    changedFiles: null,
  }),
  fail: aReport({
    verdict: aVerdict({
      outcome: 'fail',
      gates: [
        aFloor(),
        aGate({
          outcome: 'fail',
          reason: 'drop_past_limit',
          value: 0.8291,
          drop: 0.0121,
          pValue: 0.00002,
          adjustedPValue: 0.00004,
        }),
        aGate({
          metric: 'f1',
          reason: 'drop_within_limit',
          value: 0.58,
          baseline: 0.584,
          drop: 0.004,
          adjustedPValue: 0.004,
          allowed: 0.01,
          written: 'max_drop: 0.01',
        }),
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
        aGate({
          outcome: 'inconclusive',
          reason: 'drop_not_proved',
          value: 0.834,
          drop: 0.0072,
          standardError: 0.006,
          pValue: 0.11,
          adjustedPValue: 0.11,
          smallestDrop: 0.0217,
        }),
        aFloor({ value: 0.702, nearFloor: true }),
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
    warnings: ['logistic_regression: stopped after 1000 iterations <script>alert(1)</script> | @team'],
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
  'no-trusted-baseline': aReport({
    verdict: aVerdict({
      outcome: 'inconclusive',
      evaluationSets: [],
      gates: [aGate({ outcome: 'inconclusive', reason: 'no_trusted_baseline', ...unjudged })],
    }),
    datasets: [aDataset({ ...withoutBaseline, baseline: { kind: 'none', why: refused } })],
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
    expect(text.replace(/(`+)[^\n]*?\1/g, '')).not.toMatch(/<script|<b>|@/);
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
