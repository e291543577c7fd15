import { join } from 'node:path';
import { LIGHTGBM, OURS } from './boosting-parameters.ts';
import { higgs } from './look-alikes.ts';
import { type Measured, measureOurs, measurePeer } from './model-job.ts';
import { median, span } from './spread.ts';
import type { Suite } from './suite.ts';
import { writeTableFile } from './table-file.ts';
import { reached } from './training.ts';

const MODEL = 'gradient_boosting';
const ROUNDS = 3;
const LARGE_LIMIT = 4 * 2 ** 30;

/** Memory that training takes, beside LightGBM. */
export const memorySuite: Suite = {
  id: 'memory',
  title: 'Memory of training',
  packages: ['lightgbm==4.7.0'],
  async run(bench) {
    const path = join(bench.folder, 'table');
    const lines = [
      `Peak memory (VmHWM) of the whole process, including the table. Both sides read the same file of doubles into memory (8 bytes per value) and keep it. Then they fit boosting with 100 trees once, without a warm-up. "Before" is the memory when the fit began: the interpreter, its libraries and the table. LightGBM's Python has no other libraries than NumPy and SciPy. Median of ${ROUNDS} rounds (least–most), one for the large table, MB of 10⁶ bytes.`,
      '',
      '| Table | Threads | | Before, MB | Peak, MB | Added by the fit, MB | Fit, s | Limit |',
      '| :-- | --: | :-- | --: | --: | --: | --: | --: |',
    ];
    const line = (table: string, threads: number, who: string, all: readonly Measured[], limit: string) =>
      `| ${table} | ${threads} | ${who} | ${megabytes(all, 'before')} | ${megabytes(all, 'peak')} | ${megabytes(all, 'added')} | ${span(
        all.flatMap(({ fitSeconds }) => fitSeconds),
        1,
      )} | ${limit} |`;
    const job = { path, params: OURS, seed: 1, warmUpRows: 0, fits: 1, seconds: 0, predictions: 0 };

    writeTableFile(path, higgs({ train: bench.quick ? 5000 : 1_000_000, test: 0 }));
    const nobody = { target: new Float64Array(0), nClasses: 2 };
    for (const threads of [1, 2]) {
      const ours: Measured[] = [];
      const theirs: Measured[] = [];
      for (let round = 1; round <= (bench.quick ? 1 : ROUNDS); round++) {
        ours.push(measureOurs(bench, MODEL, { ...job, threads }));
        const peer = { estimator: 'LightGBM', params: LIGHTGBM };
        theirs.push(measurePeer(bench, peer, nobody, { ...job, threads, params: LIGHTGBM }));
        bench.log(`${threads} threads, round ${round}: ${megabytes(ours, 'peak')} MB, ${megabytes(theirs, 'peak')} MB`);
      }
      const ratio = median(ours.map(({ peak }) => peak)) / median(theirs.map(({ peak }) => peak));
      lines.push(
        line('1,000,000 × 28', threads, 'ours', ours, `${ratio.toFixed(2)} of LightGBM's: ${reached(ratio, 1)}`),
      );
      lines.push(line('1,000,000 × 28', threads, 'LightGBM', theirs, '–'));
    }

    writeTableFile(path, higgs({ train: bench.quick ? 50_000 : 10_000_000, test: 0 }));
    for (const threads of [1, 2]) {
      const ours = [measureOurs(bench, MODEL, { ...job, threads })];
      bench.log(`ten times the rows, ${threads} threads: ${megabytes(ours, 'peak')} MB`);
      const limit = reached(ours[0]!.peak / 2 ** 30, LARGE_LIMIT / 2 ** 30).replace(' ', ' GiB: ');
      lines.push(line('10,000,000 × 28', threads, 'ours', ours, limit));
    }
    return lines;
  },
};

function megabytes(all: readonly Measured[], which: 'before' | 'peak' | 'added'): string {
  return span(
    all.map(({ before, peak }) => (which === 'added' ? peak - before : which === 'peak' ? peak : before) / 1e6),
    0,
  );
}
