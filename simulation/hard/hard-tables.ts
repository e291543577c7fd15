import { generators } from '../../core/datasets/index.ts';
import { createRandom } from '../../core/random/random.ts';
import { type Table, valueText } from '../../core/table/table.ts';
import { copiedRows, fewRows, rowsInTime, rowsOfSites, unequalSizes } from './made-rows.ts';

/** What rows have in common when something goes wrong: nothing, their features, a site, or the time. */
export type Bond = 'none' | 'copies' | 'site' | 'time';

/** A table that standard errors find hard. */
export interface HardTable {
  readonly id: string;
  /** What is hard about it, for the document. */
  readonly title: string;
  readonly rows: number;
  /** Rows of the rarer class; null where it is not fixed. */
  readonly positives: number | null;
  readonly target: string;
  readonly task: 'regression' | 'classification';
  readonly metrics: readonly string[];
  /** Columns that rows are recognised by. */
  readonly features: readonly string[];
  /** Of these, what models learn from. */
  readonly learned: readonly string[];
  /** A feature, and one that is as good: nothing is lost where it takes the other's place. */
  readonly twins: readonly [string, string] | null;
  readonly split?: { readonly by: 'group' | 'time'; readonly column: string };
  /** Whether forests are trained on it too. */
  readonly withForest: boolean;
  readonly bond: Bond;
  /** How much of a row's state the next row has; 0 without time. */
  readonly memory: number;
  readonly sample: (replicate: number) => Table;
}

const TWO_CLASSES = {
  target: 'y',
  task: 'classification',
  metrics: ['accuracy', 'f1', 'roc_auc'],
  features: ['a', 'b', 'c', 'd'],
  learned: ['a', 'c', 'd'],
  twins: ['a', 'b'],
  withForest: true,
  bond: 'none',
  memory: 0,
} as const;

const SITES = { rows: 1000, sites: 24, share: 0.4 };
const COPIES = { distinct: 160, times: 4, positives: 64 };

export const hardTables: readonly HardTable[] = [
  madeFew(50, 10),
  { ...madeFew(50, 25), withForest: false },
  madeFew(100, 20),
  { ...madeFew(200, 40), withForest: false },
  madeFew(300, 50),
  { ...churnFew(100, 20), withForest: false },
  churnFew(300, 50),
  {
    ...TWO_CLASSES,
    id: 'sites',
    title: `${SITES.sites} groups, the largest with ${unequalSizes(SITES.rows, SITES.sites)[0]} rows, the smallest with ${unequalSizes(SITES.rows, SITES.sites).at(-1)}`,
    rows: SITES.rows,
    positives: null,
    metrics: ['accuracy', 'roc_auc'],
    features: ['a', 'b', 'c', 'd', 'site'],
    split: { by: 'group', column: 'site' },
    bond: 'site',
    // Groups go to folds by a hash of their names: with the same names they would be the same folds each time.
    sample: (replicate) =>
      rowsOfSites(random('sites', replicate), unequalSizes(SITES.rows, SITES.sites), SITES.share, `site ${replicate}`),
  },
  {
    ...TWO_CLASSES,
    id: 'copies',
    title: `${COPIES.distinct} distinct rows, half of them ${COPIES.times} times`,
    rows: (COPIES.distinct / 2) * (1 + COPIES.times),
    positives: null,
    bond: 'copies',
    sample: (replicate) => copiedRows(random('copies', replicate), COPIES.distinct, COPIES.times, COPIES.positives),
  },
  madeInTime(600, 0.5),
  { ...madeInTime(1500, 0.8), withForest: false },
];

function random(...path: readonly (string | number)[]) {
  return createRandom(1, 'hard', ...path);
}

function madeFew(rows: number, positives: number): HardTable {
  return {
    ...TWO_CLASSES,
    id: `made-${rows}-${positives}`,
    ...{ title: 'made, few rows', rows, positives },
    sample: (replicate) => fewRows(random('few', rows, positives, replicate), rows, positives),
  };
}

/** As many of each class as asked for, the first that our generator gives. */
function churnFew(rows: number, positives: number): HardTable {
  const generator = generators.get('customer_churn');
  const features = ['Contract', 'tenure', 'InternetService', 'MonthlyCharges', 'OnlineSecurity', 'TechSupport'];
  return {
    ...{ id: `churn-${rows}-${positives}`, title: '`customer_churn`, few rows', rows, positives, features },
    ...{ target: generator.target, task: 'classification', metrics: TWO_CLASSES.metrics },
    ...{ learned: features, twins: null, withForest: true, bond: 'none', memory: 0 },
    sample(replicate) {
      const table = generator.generate({ rows: 3 * rows + 100, seed: 50_000 + replicate });
      const left = new Map([
        ['Yes', positives],
        ['No', rows - positives],
      ]);
      const target = table.column(generator.target)!;
      const taken = Array.from({ length: table.nRows }, (_, row) => row).filter((row) => {
        const label = valueText(target, row);
        const some = left.get(label)!;
        left.set(label, some - 1);
        return some > 0;
      });
      if (taken.length !== rows) throw new RangeError(`${rows} rows were wanted, ${taken.length} found`);
      return table.take(taken);
    },
  };
}

function madeInTime(rows: number, memory: number): HardTable {
  return {
    id: `time-${rows}-${memory}`,
    title: `rows in time, correlation .${10 * memory} with the row before`,
    ...{ rows, positives: null, target: 'y', task: 'regression', metrics: ['r2', 'mae'] },
    ...{ features: ['t', 'a', 'b', 'c'], learned: ['a', 'c'], twins: ['a', 'b'], bond: 'time', memory },
    withForest: true,
    split: { by: 'time', column: 't' },
    sample: (replicate) => rowsInTime(random('time', rows, memory, replicate), rows, memory),
  };
}
