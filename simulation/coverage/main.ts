import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Coverage, coverageOf, metricsOf, RARE, truthsOf, WORLDS } from './coverage.ts';

/**
 * `npm run coverage`: simulates how often the 95 % intervals hold the true value and writes docs/interval-coverage.md. Each world
 * is a process of its own; with an id as its argument the script simulates that world and prints what it found.
 */
const SIZES = [100, 1000, 10_000];
const RARE_ROWS = 10_000;
/** How many tables of a size are drawn; a bootstrap takes a thousand times as long. */
const DRAWS = new Map([
  [100, { influence: 2000, bootstrap: 1000 }],
  [1000, { influence: 2000, bootstrap: 1000 }],
  [10_000, { influence: 2000, bootstrap: 200 }],
]);
const ALL = [...WORLDS, RARE];

interface Cell extends Coverage {
  readonly metric: string;
  readonly n: number;
}
interface Result {
  readonly truths: Readonly<Record<string, number>>;
  readonly cells: readonly Cell[];
}

function simulate(id: string): Result {
  const world = ALL.find((each) => each.id === id)!;
  const measured = metricsOf(world);
  const truths = truthsOf(world, measured);
  const cells = (world === RARE ? [RARE_ROWS] : SIZES).flatMap((n) =>
    (['influence', 'bootstrap'] as const).flatMap((uncertainty): Cell[] => {
      const some = measured.filter((metric) => metric.uncertainty === uncertainty);
      const found = coverageOf(world, some, truths, { n, draws: DRAWS.get(n)![uncertainty], seed: 1 });
      return [...found].map(([metric, coverage]) => ({ metric, n, ...coverage }));
    }),
  );
  return { truths: Object.fromEntries(truths), cells };
}

async function simulateAll(): Promise<ReadonlyMap<string, Result>> {
  const waiting = [...ALL];
  const results = new Map<string, Result>();
  const work = async () => {
    for (let world = waiting.pop(); world; world = waiting.pop()) {
      const script = fileURLToPath(import.meta.url);
      const { stdout } = await promisify(execFile)(process.execPath, [script, world.id], { maxBuffer: 1e8 });
      results.set(world.id, JSON.parse(stdout) as Result);
      process.stderr.write(`simulated ${world.id}\n`);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return results;
}

function render(results: ReadonlyMap<string, Result>): string {
  const sections = ALL.flatMap((world) => {
    const { truths, cells } = results.get(world.id)!;
    const sizes = world === RARE ? [RARE_ROWS] : SIZES;
    const rows = metricsOf(world).map(({ id }) => {
      const shown = sizes.map((n) => cellText(cells.find((each) => each.metric === id && each.n === n)!));
      return `| \`${id}\` | ${truths[id]!.toFixed(4)} | ${shown.join(' | ')} |`;
    });
    const heads = sizes.map((n) => `n = ${n.toLocaleString('en')}`);
    const [name, rest] = [world.id[0]!.toUpperCase() + world.id.slice(1), world.summary];
    return [
      '',
      `## ${name}`,
      '',
      `${rest[0]!.toUpperCase()}${rest.slice(1)}.`,
      '',
      `| Metric | Truth | ${heads.join(' | ')} |`,
      `| :-- | --: |${' --: |'.repeat(sizes.length)}`,
      ...rows,
    ];
  });
  return [...INTRODUCTION, '', ...summary(results), ...sections, ''].join('\n');
}

/** Between which shares a 95 % interval of many rows should hold the truth. */
const AIM = [0.94, 0.96] as const;

/** What of the aim is reached, and by name what is not, beyond the luck of counting. */
function summary(results: ReadonlyMap<string, Result>): string[] {
  const cells = WORLDS.flatMap((world) =>
    results
      .get(world.id)!
      .cells.filter(({ n, draws }) => n >= 1000 && draws > 0)
      .map((cell) => ({ ...cell, world: world.id })),
  );
  const inside = cells.filter(({ share }) => share >= AIM[0] && share <= AIM[1]);
  const outside = cells.filter(({ share, draws }) => {
    const luck = 2 * Math.sqrt((0.95 * 0.05) / draws);
    return share < AIM[0] - luck || share > AIM[1] + luck;
  });
  const missed = outside.map(
    ({ world, metric, n, share }) => `\`${metric}\` of ${world}, n = ${count(n)}: ${(100 * share).toFixed(1)} %`,
  );
  const near = cells.length - inside.length - outside.length;
  return [
    `Of ${cells.length} shares for 1,000 rows and more, without the rare positives, ${inside.length} are between 94 and 96 %. Another ${near} differ from`,
    `that by at most two standard errors. ${missed.length === 0 ? 'None differs by more.' : 'By more differ:'}`,
    ...(missed.length === 0 ? [] : ['', ...missed.map((line) => `- ${line}`)]),
  ];
}

function cellText({ share, meanWidth, without, draws }: Coverage): string {
  if (draws === 0) return '—';
  const seldom = without > 0 ? `, none in ${((100 * without) / (draws + without)).toFixed(1)} %` : '';
  return `${(100 * share).toFixed(1)} % (${meanWidth.toPrecision(2)}${seldom})`;
}

const count = (n: number) => n.toLocaleString('en');
const drawsText = SIZES.map((n) => {
  const { influence, bootstrap } = DRAWS.get(n)!;
  return `${count(influence)} (${count(bootstrap)}) of ${count(n)} rows`;
}).join(', ');

const INTRODUCTION = [
  '# What the 95 % intervals are worth',
  '',
  'Written by `npm run coverage`, a simulation with fixed seeds. The true values are known: they come from two million rows. For each kind',
  `of data below, many tables are drawn: ${drawsText}. (The numbers in brackets are for metrics with a`,
  "bootstrap.) Each table is measured like a run's out-of-fold predictions, over five folds, without the noise of training seeds. The tables",
  'show how often the interval contained the true value and, in brackets, the mean width of the interval. One standard error of a share of',
  '95 % is 0.5 points for 2,000 tables, 0.7 for 1,000 and 1.5 for 200.',
  '',
  'How the intervals are made:',
  '',
  '| Metrics | Interval |',
  '| :-- | :-- |',
  "| in general | Student's t, with as many degrees of freedom as the rows' influences support |",
  '| between two bounds | Wilson, as if the value were a share of rows |',
  '| with one bound | on the logarithm of the distance to the bound |',
  '| `average_precision` | the jackknife, corrected for its bias |',
  '| `median_ae` | percentiles of a bootstrap |',
  '| `ece` | inverting a test, because the estimate is biased upwards |',
  '| `max_error` | none |',
  '',
  'What the intervals do not promise:',
  '',
  '- With 100 rows they are a guide. For metrics of rare classes and of long-tailed errors, they may contain the truth less often than 95 %.',
  '  For metrics that depend on a handful of rows (`precision` with few predicted positives), they contain it more often, and are so wide that',
  '  they say little. The same is true for more rows when few of them are wrong: a share of 0.98 of 400 rows depends on eight rows.',
  '- With twenty positives, every metric of the positives has an interval as wide as twenty positives make it. The last table shows where it',
  '  falls short.',
  '- They cover other rows of the same kind and the models that were trained, not models trained on other rows.',
  '- No method helps where a mean has no variance: `mape` with targets near 0, or errors with such heavy tails.',
];

const only = process.argv[2];
if (only !== undefined) process.stdout.write(JSON.stringify(simulate(only)));
else writeFileSync(new URL('../../docs/interval-coverage.md', import.meta.url), render(await simulateAll()));
