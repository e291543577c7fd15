import fc from 'fast-check';
import { aReportOfEverything, foreignStrings, hostileName, withStrings } from '../hostile.fixture.ts';
import type { Report } from '../report-schema.ts';
import { everyChart } from './charts.fixture.ts';
import type { Charts } from './charts.ts';

const everything = aReportOfEverything();
const foreign = foreignStrings(everything);
const strings = [...new Set(foreign.values())];
/** Of charts, beside names that the report has too. */
const CHARTED = ['Yes', 'No', 'Maybe', 'tenure', 'Contract'];

/** What would run, if anything did. */
const SCRIPTS = [
  '<img src=x onerror=alert(1)>',
  '</script><script>alert(1)</script>',
  '<svg onload=alert(1)>',
  '"><iframe src="javascript:alert(1)">',
  "' autofocus onfocus=alert(1) x='",
  '<!--<script>',
  ']]><style>*{display:none}</style>',
  '{a|b}{@x}',
];

export const nHostileNames = strings.length + CHARTED.length;

/** A report that says everything, with charts of every kind, and these names instead of all that come from elsewhere. */
export function reportWithNames(names: readonly string[]): { readonly report: Report; readonly charts: Charts } {
  const renamed = new Map(strings.map((text, i) => [text, names[i]!]));
  const name = (text: string) => renamed.get(text) ?? names[strings.length + CHARTED.indexOf(text)] ?? text;
  return { report: withStrings(everything, foreign, renamed), charts: everyChart(name) };
}

export const tameNames: readonly string[] = Array.from({ length: nHostileNames }, (_, i) => `n${i}`);

/** Tame names, or ones that try to act; always the same. */
export function hostileReport(isTame: boolean) {
  if (isTame) return reportWithNames(tameNames);
  const sampled = fc.sample(fc.uniqueArray(hostileName, { minLength: nHostileNames, maxLength: nHostileNames }), {
    seed: 1,
    numRuns: 1,
  })[0]!;
  return reportWithNames(sampled.map((name, i) => (i % 3 === 0 ? name : `${SCRIPTS[i % SCRIPTS.length]}${i}${name}`)));
}
