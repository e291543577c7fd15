import fc from 'fast-check';
import { gateResultSchema } from '../comparison/gate-result.ts';
import { outcomeSchema } from '../comparison/outcome.ts';
import { summaryOf } from '../tuning/study-summary.ts';
import { everyNote, everyObstacle, everyReason, sha } from './baseline.fixture.ts';
import { aDatasetDrift } from './drift-report.fixture.ts';
import {
  aBudget,
  aDataset,
  aDrift,
  aFloor,
  aLimit,
  aModel,
  aReport,
  aReportWithout,
  aVerdict,
} from './report.fixture.ts';
import { type Report, reportSchema } from './report-schema.ts';
import { aStudy } from './study.fixture.ts';

const HEX = '0123456789abcdef0123456789abcdef01234567';

/** What means something to Markdown, HTML, GitHub, a terminal or the runner. */
const TOKENS = [
  ...'`|<>[]()*_~#@&$\\!-+.:=/"\' \t\n\r\0ab1é名🙂',
  ...[
    '``',
    '```',
    '~~~',
    '**',
    '__',
    '~~',
    '![',
    '](x)',
    '[x](https://a.org)',
    '[^1]',
    '- ',
    '1. ',
    '# ',
    '> ',
    '---',
    '\n\n',
  ],
  ...[
    '<b>',
    '<h1>',
    '<summary>',
    '</summary>',
    '</details>',
    '</code>',
    '<script>',
    '<!--',
    '-->',
    '<img src=x onerror=a>',
    '<a',
  ],
  ...[
    '<!-- mlops-action:report -->',
    '\n<!-- mlops-action:report -->\n',
    '<![CDATA[',
    '<?',
    '&amp;',
    '&#64;',
    '&commat;',
    '&lt;',
    '&#',
  ],
  ...[
    '@team',
    '@org/team',
    '#12',
    'org/repo#1',
    'GH-1',
    'gh-22',
    'org/repo@',
    HEX,
    HEX.slice(0, 7),
    'deadbeef',
    '1234567',
  ],
  ...[
    'https://github.com/org/repo/issues/1',
    'http://a.org',
    'www.a.org',
    'a@b.org',
    'mailto:a@b.org',
    'xmpp:a@b.org/c',
    '://',
  ],
  ...[
    '\u202e',
    '\u2066',
    '\u200b',
    '\u200d',
    '\ufeff',
    '\u2028',
    '\u0085',
    '\u009b31m',
    '\u001b[31m',
    '\u0007',
    '\ud800',
    '\u3164',
  ],
  ...['👩‍💻', '\u00a0', '::set-output name=a::b', '##[add-mask]', 'x'.repeat(300), '\\|', '|\n|-|-|\n'],
];

/** A name that somebody may give a column, a model, a file or a branch, to do harm. */
export const hostileName = fc
  .array(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...TOKENS) }, fc.string({ unit: 'binary', maxLength: 4 })), {
    minLength: 1,
    maxLength: 12,
  })
  .map((parts) => parts.join(''))
  // No name at all is shown as `(empty)`.
  .filter((name) => /[\p{L}\p{N}\p{P}]/u.test(name));

const slice = { column: 'Contract', value: 'Two year' };
const accepted = {
  by: 'mallory',
  at: '2026-11-24T07:38:12Z',
  because: 'it is `known`',
  url: 'https://github.com/org/repo/pull/1#issuecomment-1',
};
const acceptedHere = { ...accepted, url: undefined };

/** A report that says everything a report can say, but for the verdict's outcome. */
export function aReportOfEverything(): Report {
  const gates = gateResultSchema.options.flatMap((option) => {
    const kind = option.shape.kind.value;
    const gate = { floor: aFloor(), limit: aLimit(), budget: aBudget(), drift: aDrift() }[kind];
    return option.shape.reason.options.flatMap((reason, i) => [
      { ...gate, reason, outcome: outcomeSchema.options[i % 4] },
      { ...gate, reason, outcome: 'fail', accepted: i % 2 ? accepted : acceptedHere },
      ...(kind === 'floor' || kind === 'limit' ? [{ ...gate, reason, slice }] : []),
    ]);
  });
  const data = { ...aDataset().data!, sha256: '0ddba11'.padEnd(64, '0'), columns: ['tenure', 'plan'] };
  const estimate = { value: 0.8, ci: null, se: null, n: 9 };
  const slices = [{ ...slice, n: 9, metrics: [{ metric: 'roc_auc', outOfFold: estimate, delta: 0.1 }] }];
  const [set] = aVerdict().evaluationSets;
  const problem = {
    message: 'expected `12` fields',
    file: 'a.csv',
    place: 'line 3',
    found: '11',
    allowed: '12',
    next: 'run it',
  };
  const obstacles = Object.values(everyObstacle);
  return reportSchema.parse(
    aReport({
      datasets: [
        aDataset({
          data,
          slices,
          notes: Object.values(everyNote),
          models: [aModel(), aModel({ model: 'custom', measuredOn: 'self_reported' })],
        }),
        ...Object.values(everyReason).flatMap((why, i) =>
          aReportWithout(why).datasets.map((dataset) => ({
            ...dataset,
            dataset: `without ${why.reason}`,
            baseline: { ...dataset.baseline, notRemade: obstacles[i % obstacles.length] },
          })),
        ),
      ],
      verdict: {
        outcome: 'pass',
        missing: [
          { dataset: 'churn', model: 'ridge', metric: null, detail: 'was not `trained`' },
          { dataset: 'fraud', model: null, metric: 'f1', detail: 'has no value' },
          { dataset: 'sales', model: null, metric: null, detail: 'was removed', removed: true },
          { dataset: 'sales', model: null, metric: null, detail: 'was removed', removed: true, accepted },
        ],
        evaluationSets: [
          { ...set!, outcome: 'fail', gone: 12, relabelled: 3, targetsUnknown: true },
          { ...set!, outcome: 'fail', gone: 12, accepted },
        ],
        gates: gates as NonNullable<Report['verdict']>['gates'],
        unchanged: [{ dataset: 'shops', base: sha, inputs: ['shops.csv'] }],
      },
      notJudged: 'this commit is already on `main`',
      stopsMerge: true,
      accepting: { role: 'maintain', sha, rerun: 'gh run rerun 7 --failed' },
      head: { sha, branch: 'deeper-trees', dirty: true },
      judgeChanges: [{ key: 'datasets.churn.gates', before: '0.005', after: '0.5' }],
      changedFiles: ['mlops.yml', 'src/train.py'],
      drift: [aDatasetDrift(), aDatasetDrift({ drift: null, current: null, gate: null })],
      studies: [aStudy(), aStudy({ judgement: null, run: null, written: null })].map(summaryOf),
      warnings: ['stopped after 1000 iterations', '`a.csv`: column "a" determines "b"'],
      errors: [problem, { message: 'the table is not there' }],
    }),
  );
}

/** Where a report has strings that come from elsewhere, with what they are: the schema takes any other in their place. */
export function foreignStrings(report: Report): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  replaceStrings(report, (value, place) => {
    const other = replaceStrings(report, (each, where) => (where === place ? 'another string' : each));
    // Ids of budgets are ours, and so is the address of the workflow run.
    if (!/\.(budget|runUrl)$/.test(place) && reportSchema.safeParse(other).success) found.set(place, value);
    return value;
  });
  return found;
}

/** The report with another string wherever it has one of these; equal ones stay equal. */
export function withStrings(
  report: Report,
  foreign: ReadonlyMap<string, string>,
  names: ReadonlyMap<string, string>,
): Report {
  return replaceStrings(report, (value, place) => (foreign.has(place) ? names.get(value)! : value)) as Report;
}

function replaceStrings(value: unknown, replace: (value: string, place: string) => string, place = ''): unknown {
  if (typeof value === 'string') return replace(value, place);
  if (Array.isArray(value)) return value.map((each, i) => replaceStrings(each, replace, `${place}.${i}`));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, replaceStrings(each, replace, `${place}.${key}`)]),
  );
}
