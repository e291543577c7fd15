import { type Bar, type Count, count, type Figures } from './bars.ts';
import { chanceAt, isHarmlessPullRequest, mean, type PullRequest, ratioOf } from './cells.ts';
import { LIMITS } from './observe.ts';
import { type Group, HARMLESS } from './plan.ts';
import { calibratedCutoff, rules } from './rules.ts';
import { SIZES } from './tables.ts';

/** Pull requests whose true drop is about the printed one: rules are compared on these. */
const ABOUT = [0.75, 4 / 3] as const;

/** Gains that are smaller, as a share of the printed drop, count as none. */
const ABOUT_NOTHING = 0.3;

const perThousand = (share: number) => (1000 * share).toFixed(0);
const rows = (size: number) => size.toLocaleString('en-US');
const row = (...cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
const share = ({ hits, n, interval: [low, high] }: Count) =>
  `${perThousand(hits / n)} (${perThousand(low)}–${perThousand(high)}) of ${n.toLocaleString('en-US')}`;

/** The lines that the simulation writes into docs/decision-quality.md. */
export function documentLines(
  groups: readonly Group[],
  all: readonly PullRequest[],
  figures: readonly Figures[],
  bars: readonly Bar[],
): string[] {
  const missed = bars.filter(({ reached }) => !reached);
  const common = all.filter(({ group }) => !group.source.rare);
  return [
    ...poolLines(groups, all),
    '',
    '## The promises, cell by cell',
    '',
    'Counts are per 1,000 pull requests, with 95 % intervals. One gate, `max_drop: 0`.',
    '',
    ...promiseLines(figures.filter(({ cell }) => !cell.rare)),
    '',
    '### Few positives',
    '',
    'One row in 500 is positive: 14 of 7,000. Only the false alarms are promised. Hardly any change causes a drop as large as the printed',
    'one, so catches cannot be counted. The large printed drops show that a gate on so few positives catches little.',
    '',
    ...rareLines(figures.filter(({ cell }) => cell.rare)),
    '',
    `${bars.length - missed.length} of ${bars.length} promises are kept.${missed.length > 0 ? ' Not kept:' : ''}`,
    ...(missed.length > 0 ? ['', ...missed.map(({ text }) => `- ${text}`)] : []),
    '',
    'The sections below leave out the tables with few positives.',
    '',
    ...harmlessLines(common),
    '',
    ...ruleLines(common),
    '',
    ...limitLines(common),
  ];
}

function poolLines(groups: readonly Group[], all: readonly PullRequest[]): string[] {
  const runs = groups.reduce((sum, { runs: each, replicates }) => sum + each.length * replicates, 0);
  const requests = all.filter(({ group, metric }) => metric === group.metrics[0]).length;
  const lines = [...Map.groupBy(groups, ({ source }) => source)].map(([source, of]) =>
    row(
      `\`${source.id}\``,
      source.origin,
      of[0]!.metrics.join(', '),
      SIZES.map((size) => of.find((one) => one.size === size)?.replicates ?? '–').join(' / '),
    ),
  );
  return [
    '## The pool',
    '',
    `${runs.toLocaleString('en-US')} runs, ${requests.toLocaleString('en-US')} pull requests.`,
    '',
    row('Table', 'Each replicate', 'Metrics', `Replicates of ${SIZES.map(rows).join(' / ')} rows`),
    row(':--', ':--', ':--', '--:'),
    ...lines,
  ];
}

function promiseLines(cells: readonly Figures[]): string[] {
  const chance = (found: Figures['caught']) =>
    found ? `${perThousand(found.chance)} (${perThousand(found.low)}–${perThousand(found.high)})` : '–';
  return [
    row(
      'Rows',
      'Metric',
      'Model',
      'False alarms',
      'with a history',
      'Caught at the printed drop',
      'with a history',
      'Printed drop ÷ that of the test set',
    ),
    row('--:', ':--', ':--', '--:', '--:', '--:', '--:', '--:'),
    ...cells.map((figures) =>
      row(...alarmsOf(figures), chance(figures.caught), chance(figures.caughtWithHistory), figures.ofTest.toFixed(2)),
    ),
  ];
}

function rareLines(cells: readonly Figures[]): string[] {
  return [
    row('Rows', 'Metric', 'Model', 'False alarms', 'with a history', 'Printed drop, median'),
    row('--:', ':--', ':--', '--:', '--:', '--:'),
    ...cells.map((figures) => row(...alarmsOf(figures), figures.smallest.toFixed(3))),
  ];
}

/** Which cell it is, and its false alarms. */
function alarmsOf({ cell, alarms, alarmsWithHistory }: Figures): string[] {
  const told = (count: Count | null) => (count ? share(count) : '–');
  return [rows(cell.size), `\`${cell.metric}\``, `\`${cell.model}\``, told(alarms), told(alarmsWithHistory)];
}

function harmlessLines(all: readonly PullRequest[]): string[] {
  const told: Readonly<Record<string, string>> = {
    seed: 'another seed',
    columns: 'another seed, columns in another order',
    renamed: 'another seed, columns renamed: other keys in the same folds',
    folds: 'columns renamed on the default branch: other folds (no pull request)',
  };
  return [
    '## False alarms by what changed',
    '',
    row('Harmless change', ...SIZES.map((size) => `${rows(size)} rows`)),
    row(':--', ...SIZES.map(() => '--:')),
    ...HARMLESS.map((kind) => alarmRow(told[kind]!, all, (one) => one.kind === kind)),
    alarmRow('another model that is no worse on average', all, (one) => !one.harmless && isNoWorse(one)),
  ];
}

function alarmRow(title: string, all: readonly PullRequest[], isOfKind: (one: PullRequest) => boolean): string {
  return row(
    title,
    ...SIZES.map((size) => {
      const some = all.filter((one) => one.group.size === size && isOfKind(one));
      return some.length > 0 ? share(count(some.map(({ observation }) => observation.fails[0]!))) : '–';
    }),
  );
}

/** Neither worse nor so much better that no rule could take it for worse. */
function isNoWorse({ trueDrop, observation: { smallest } }: PullRequest): boolean {
  return trueDrop <= 0 && trueDrop >= -ABOUT_NOTHING * smallest;
}

function ruleLines(all: readonly PullRequest[]): string[] {
  const primary = all.filter(({ metric, group }) => metric === group.metrics[0]);
  const isAbout = (one: PullRequest) => !one.harmless && ratioOf(one) >= ABOUT[0] && ratioOf(one) <= ABOUT[1];
  const lines = rules.map((rule) => {
    const cells = SIZES.flatMap((size) => {
      const ofSize = primary.filter(({ group }) => group.size === size);
      const [harmless, near] = [ofSize.filter((one) => one.harmless), ofSize.filter(isAbout)];
      if (near.length === 0) return ['–', '–', '–'];
      const cutoffs = new Map(
        [...Map.groupBy(harmless, ({ group }) => group)].map(([group, some]) => [
          group,
          calibratedCutoff(some.map(({ evidence }) => rule.score(evidence))),
        ]),
      );
      const rate = (of: readonly PullRequest[], alarms: (one: PullRequest) => boolean) =>
        perThousand(mean(of.map((one) => Number(alarms(one)))));
      const own = ({ evidence }: PullRequest) => rule.alarms(evidence);
      const calibrated = ({ group, evidence }: PullRequest) => rule.score(evidence) > cutoffs.get(group)!;
      return [rate(harmless, own), rate(near, own), rate(near, calibrated)];
    });
    return row(rule.title, ...cells);
  });
  return [
    '## Compared with other rules',
    '',
    'Counts are per 1,000 pull requests: false alarms; caught drops about as large as the gate prints; and drops that the same rule catches with the cutoff at which it has 1 % false alarms on that table and model.',
    '',
    row('Rule', ...SIZES.flatMap((size) => [`${rows(size)} rows: false`, 'caught', 'caught at 1 %'])),
    row(':--', ...SIZES.flatMap(() => ['--:', '--:', '--:'])),
    ...lines,
  ];
}

function limitLines(all: readonly PullRequest[]): string[] {
  const primary = all.filter(({ metric, group }) => metric === group.metrics[0]);
  const [harmless, worse] = [primary.filter(isHarmlessPullRequest), primary.filter((one) => !one.harmless)];
  const at = LIMITS.map((limit, i) => {
    const caught = (multiple: number) =>
      Math.round(1000 * (chanceAt(worse, multiple, ({ observation }) => observation.fails[i]!)?.chance ?? Number.NaN));
    const alarms = Math.round(1000 * mean(harmless.map(({ observation }) => Number(observation.fails[i]))));
    return { limit, alarms, once: caught(1), twice: caught(2) };
  });
  const chart = (values: readonly number[]) => `  line [${values.join(', ')}]`;
  return [
    '## What a wrong limit costs',
    '',
    '`max_drop` is given in units of the smallest drop that the report prints for `max_drop: 0`. Lines from top to bottom, per 1,000: caught drops twice as large as printed, caught drops as large as printed, and false alarms.',
    '',
    '```mermaid',
    'xychart-beta',
    '  title "Failing pull requests of 1,000"',
    `  x-axis "max_drop ÷ smallest drop" [${LIMITS.map((limit) => `"${limit}"`).join(', ')}]`,
    '  y-axis "fail" 0 --> 1000',
    chart(at.map(({ twice }) => twice)),
    chart(at.map(({ once }) => once)),
    chart(at.map(({ alarms }) => alarms)),
    '```',
    '',
    row('`max_drop` ÷ smallest drop', ...at.map(({ limit }) => limit)),
    row(':--', ...at.map(() => '--:')),
    row('false alarms', ...at.map(({ alarms }) => alarms)),
    row('caught: a true drop as large as printed', ...at.map(({ once }) => once)),
    row('caught: a true drop twice as large', ...at.map(({ twice }) => twice)),
  ];
}
