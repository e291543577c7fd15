import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generatedTable } from '../../core/commands/generate/generate-tables.ts';
import { ROWS, type TimesCell, TREES, timesCells } from './times-plan.ts';

const CLI = fileURLToPath(new URL('../../cli/index.ts', import.meta.url));

const TABLE = generatedTable('homes', { id: 'california_housing', rows: ROWS, seed: 7, current: null, drift: [] });

/** One change, measured in both ways. */
export interface MeasuredPair {
  /** The change's time of a fit by the base commit's, from two processes that trained one after the other. */
  readonly apart: number;
  /** The same ratio of one process that trained them in turn, and what the gate made of it. */
  readonly inTurn: number;
  readonly outcome: string;
}

export interface MeasuredCell {
  readonly cell: TimesCell;
  readonly pairs: readonly MeasuredPair[];
}

interface StoredRun {
  readonly params: { readonly max_depth: number };
  readonly timings: { readonly cpu: { readonly fit_seconds: number } };
}

/** Pairs of all cells, a few of each at a time, so that what else the machine does meets all of them. */
export function measureTimes(say: (message: string) => void): readonly MeasuredCell[] {
  const found = timesCells.map((cell) => ({ cell, pairs: [] as MeasuredPair[] }));
  const rounds = Math.min(...timesCells.map(({ pairs }) => pairs));
  for (let round = 0; round < rounds; round++) {
    for (const { cell, pairs } of found)
      for (let i = 0; i < cell.pairs / rounds; i++) pairs.push(inOneRepository(cell.trees));
    const last = found.map(({ pairs }) => pairs.at(-1)!.inTurn.toFixed(2)).join(', ');
    say(`times: ${round + 1} of ${rounds} rounds, ratios in turn ${last}`);
  }
  return found;
}

/** The base commit is trained by one process; another one trains the change, and both in turn. */
function inOneRepository(trees: number): MeasuredPair {
  const folder = mkdtempSync(join(tmpdir(), 'mlops-times-'));
  try {
    const run = (command: string, ...args: readonly string[]) =>
      execFileSync(command, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const git = (...args: readonly string[]) =>
      run('git', '-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args);
    const mlops = (...args: readonly string[]) => run(process.execPath, CLI, ...args);
    const write = (text: string) => writeFileSync(join(folder, 'mlops.yml'), text);
    git('init', '--quiet', '--initial-branch', 'main');
    write(project(TREES, 40));
    writeFileSync(join(folder, '.gitignore'), '.mlops\nmodels\nmetrics\nreports\n');
    writeFileSync(join(folder, 'homes.csv'), TABLE);
    git('add', '--all');
    git('commit', '--quiet', '--message', 'base');
    mlops('train');
    git('switch', '--quiet', '--create', 'change');
    write(project(trees, 41));
    git('commit', '--quiet', '--all', '--message', 'change');
    // It ends with an error where the gate fails, which the report tells as well.
    spawnSync(process.execPath, [CLI, 'pipeline'], { cwd: folder, stdio: 'ignore' });
    return pairOf(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function project(trees: number, depth: number): string {
  return `datasets:
  homes:
    path: homes.csv
    target: MedHouseVal
    metrics: [r2]
    models: { random_forest: { n_estimators: ${trees}, max_depth: ${depth} } }
    gates: { fit_cpu_seconds: { max_rise: 20% } }
`;
}

function pairOf(folder: string): MeasuredPair {
  const read = (path: string) => JSON.parse(readFileSync(join(folder, path), 'utf8'));
  const records = readdirSync(join(folder, '.mlops/runs'), { recursive: true, encoding: 'utf8' });
  const runs: StoredRun[] = records.filter((name) => name.endsWith('.json')).map((name) => read(`.mlops/runs/${name}`));
  const secondsAt = (depth: number) => runs.find(({ params }) => params.max_depth === depth)!.timings.cpu.fit_seconds;
  const [gate] = read('reports/report.json').verdict.gates;
  return { apart: secondsAt(41) / secondsAt(40), inTurn: gate.in_turn.ratio, outcome: gate.outcome };
}
