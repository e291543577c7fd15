import { readFileSync } from 'node:fs';
import { createWorkerPool } from '../core/io/worker-pool.ts';
import { models } from '../core/models/index.ts';
import type { FittedModel } from '../core/models/model.ts';
import { memoryUse } from './memory-use.ts';
import type { Measured, ModelJob } from './model-job.ts';
import { score } from './score.ts';
import { featuresOf, readTableFile } from './table-file.ts';

// Fits one of our models as often as asked, in a process of its own, and tells what it took.

const job = JSON.parse(readFileSync(0, 'utf8')) as ModelJob & { readonly model: string };
const table = readTableFile(job.path);
const plugin = models.get(job.model);
const workers = createWorkerPool(job.threads);
const partOf = (to: number) => ({
  features: featuresOf(table, 0, to),
  target: table.target.subarray(0, to),
  nClasses: table.nClasses,
});
const train = (data: ReturnType<typeof partOf>): Promise<FittedModel> =>
  plugin.fit(data, job.params, { seed: job.seed, workers, warn: () => {} });

if (job.warmUpRows > 0) await train(partOf(Math.min(job.warmUpRows, table.trainRows)));
const training = partOf(table.trainRows);
const before = memoryUse().now;
const fitSeconds: number[] = [];
let model: FittedModel;
do {
  const start = performance.now();
  model = await train(training);
  fitSeconds.push((performance.now() - start) / 1000);
} while (fitSeconds.length < job.fits && fitSeconds.reduce((sum, each) => sum + each, 0) < job.seconds);
const { peak } = memoryUse();

const rows = table.target.length;
const testing = featuresOf(table, table.trainRows, rows);
const predictSeconds: number[] = [];
if (job.predictions > 0) model.predict(testing);
for (let i = 0; i < job.predictions; i++) {
  const start = performance.now();
  model.predict(testing);
  predictSeconds.push((performance.now() - start) / 1000);
}
const measured: Measured = {
  fitSeconds,
  before,
  peak,
  predictSeconds,
  score:
    table.trainRows === rows
      ? null
      : score(table.target.subarray(table.trainRows), table.nClasses, model.predict(testing)),
};
await workers.close();
process.stdout.write(JSON.stringify(measured));
