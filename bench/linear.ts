import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRandom } from '../core/random/random.ts';
import type { Suite } from './suite.ts';

const ROUNDS = 3;

interface Fit {
  /** Median of the fits of one process, after one to warm up. */
  readonly seconds: number;
  /** Without intercepts. */
  readonly coefficients: readonly number[];
}

interface Case {
  readonly rows: number;
  readonly columns: number;
  /** 0: regression. */
  readonly classes: number;
  readonly repeats: number;
  /** Ours. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly model: 'LogisticRegression' | 'LinearRegression' | 'Ridge';
  readonly peerParams: Readonly<Record<string, number>>;
  /** How the table lies in the original's memory: what suits it best. */
  readonly order: 'C' | 'F';
}

const LOGISTIC = [
  { rows: 8_000, columns: 30, classes: 2, repeats: 15 },
  { rows: 1_000_000, columns: 28, classes: 2, repeats: 3 },
  { rows: 20_000, columns: 20, classes: 5, repeats: 7 },
].flatMap((size) =>
  [{ max_iter: 1000 }, { max_iter: 1000, tol: 1e-6 }].map(
    (peerParams): Case => ({ ...size, params: {}, model: 'LogisticRegression', peerParams, order: 'C' }),
  ),
);
const REGRESSION = { rows: 1_000_000, columns: 28, classes: 0, repeats: 3, order: 'F' } as const;
const CASES: readonly Case[] = [
  ...LOGISTIC,
  { ...REGRESSION, params: {}, model: 'LinearRegression', peerParams: {} },
  { ...REGRESSION, params: { alpha: 1 }, model: 'Ridge', peerParams: { alpha: 1 } },
];

/** Fitting linear models, from columns in memory to coefficients, beside scikit-learn; a process each, in turns. */
export const linearSuite: Suite = {
  id: 'linear',
  title: 'Linear models, one thread',
  packages: ['scikit-learn==1.9.1', 'numpy==2.4.6', 'scipy==1.17.1', 'threadpoolctl==3.8.0'],
  async run(python, log) {
    const folder = mkdtempSync(join(tmpdir(), 'bench-linear-'));
    const fitter = fileURLToPath(new URL('./fit-linear.ts', import.meta.url));
    const written = new Set<string>();
    try {
      const lines = CASES.map((each) => {
        const path = join(folder, `${each.rows}-${each.columns}-${each.classes}`);
        if (!written.has(path)) writeTable(path, each);
        written.add(path);
        const job = { ...each, path };
        const ours: Fit[] = [];
        const theirs: Fit[] = [];
        for (let round = 1; round <= ROUNDS; round++) {
          ours.push(JSON.parse(execFileSync(process.execPath, [fitter, JSON.stringify(job)], { encoding: 'utf8' })));
          theirs.push(python('linear.py', job) as Fit);
        }
        const line = row(each, ours, theirs);
        log(line);
        return line;
      });
      return [
        `Made tables of correlated columns, from columns of doubles in memory to coefficients. Each round is a process of ours, then one of scikit-learn's: one fit to warm up, then the median of 3 to 15. Median of ${ROUNDS} rounds (least–most), in ms. Ours stops at a gradient of 1e-6 throughout; scikit-learn's default is 1e-4. The last column is the largest difference between coefficients.`,
        '',
        '| Rows × columns | scikit-learn’s model | mlops-action | scikit-learn | ratio | difference |',
        '| :-- | :-- | --: | --: | --: | --: |',
        ...lines,
      ];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

function row(each: Case, ours: readonly Fit[], theirs: readonly Fit[]): string {
  const size = `${each.rows.toLocaleString('en-US')} × ${each.columns}${each.classes > 2 ? `, ${each.classes} classes` : ''}`;
  const params = Object.entries(each.peerParams).map(
    ([name, value]) => `${name}=${value < 1e-3 ? value.toExponential() : value}`,
  );
  const apart = Math.max(...theirs[0]!.coefficients.map((theirs, i) => Math.abs(theirs - ours[0]!.coefficients[i]!)));
  const ratio = median(ours) / median(theirs);
  return `| ${size} | \`${each.model}(${params.join(', ')})\` | ${span(ours)} | ${span(theirs)} | ${ratio.toFixed(2)} | ${apart.toExponential(0)} |`;
}

/** Column by column, the target last: each column leans on the one before; the target on all of them. */
function writeTable(path: string, { rows, columns, classes }: Case): void {
  const random = createRandom(1, 'bench-linear');
  const table = new Float64Array(rows * (columns + 1));
  const sets = Math.max(1, classes === 2 ? 1 : classes);
  const scores = Array.from({ length: sets }, () => new Float64Array(rows));
  for (let j = 0; j < columns; j++) {
    const factors = scores.map(() => 0.5 * random.normal());
    for (let i = 0; i < rows; i++) {
      const before = j === 0 ? random.normal() : table[(j - 1) * rows + i]!;
      const value = 0.8 * before + 0.6 * random.normal();
      table[j * rows + i] = value;
      for (const [k, score] of scores.entries()) score[i]! += factors[k]! * value;
    }
  }
  for (let i = 0; i < rows; i++) {
    const noise = () => (classes === 0 ? random.normal() : -Math.log(-Math.log(random.uniform() || 0.5)));
    const drawn = [...(classes === 2 ? [noise()] : []), ...scores.map((score) => score[i]! + noise())];
    table[columns * rows + i] = classes === 0 ? drawn[0]! : drawn.indexOf(Math.max(...drawn));
  }
  writeFileSync(path, table);
}

function median(fits: readonly Fit[]): number {
  return fits.map(({ seconds }) => seconds).sort((a, b) => a - b)[fits.length >> 1]!;
}

function span(fits: readonly Fit[]): string {
  const ms = (seconds: number) => (seconds * 1000).toFixed(seconds < 0.1 ? 1 : 0);
  const all = fits.map(({ seconds }) => seconds);
  return `${ms(median(fits))} (${ms(Math.min(...all))}–${ms(Math.max(...all))})`;
}
