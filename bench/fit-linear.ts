import { readFileSync } from 'node:fs';
import { inlineWorkers } from '../core/models/inline-workers.ts';
import { linearRegression } from '../core/models/linear-regression.ts';
import { logisticRegression } from '../core/models/logistic-regression.ts';

/** One process of ours: a job of `bench/linear.ts` in, the median of its fits and the coefficients out. */
const { path, rows, columns, classes, params, repeats } = JSON.parse(process.argv[2]!);
const bytes = readFileSync(path);
const table = new Float64Array(bytes.buffer, bytes.byteOffset, rows * (columns + 1));
const column = (j: number) => table.slice(j * rows, (j + 1) * rows);
const data = {
  features: {
    nSamples: rows,
    columns: Array.from({ length: columns }, (_, j) => ({
      kind: 'numeric' as const,
      name: `x${j}`,
      values: column(j),
    })),
  },
  target: column(columns),
  nClasses: classes,
};
const plugin = classes === 0 ? linearRegression : logisticRegression;
const warn = (message: string) => {
  throw new Error(message);
};
const once = () => plugin.fit(data, params, { seed: 1, workers: inlineWorkers, warn });
let fitted = await once();
const seconds: number[] = [];
for (let i = 0; i < repeats; i++) {
  const start = performance.now();
  fitted = await once();
  seconds.push((performance.now() - start) / 1000);
}
const { coefficients } = fitted.toJSON() as { coefficients: { base64: string } };
const numbers = [...new Float64Array(Uint8Array.from(Buffer.from(coefficients.base64, 'base64')).buffer)];
seconds.sort((a, b) => a - b);
process.stdout.write(
  JSON.stringify({
    seconds: seconds[seconds.length >> 1],
    coefficients: classes === 0 ? numbers : numbers.filter((_, i) => i % (columns + 1) < columns),
  }),
);
