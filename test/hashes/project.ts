import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generators } from '../../core/datasets/index.ts';
import { writeCsv } from '../../core/table/csv-writer.ts';
import { quickModels } from './cases.ts';
import { type Hashes, sha256 } from './compute-hashes.ts';

const ROWS = 300;

/**
 * Runs `mlops pipeline` in a new project with a few rows of every generated dataset and every quick model that can learn it,
 * and gives the hashes of the models it kept and of the metrics it recorded.
 *
 * @param mlops the command, up to its first argument.
 */
export function projectHashes(mlops: readonly string[], threads: number): Hashes {
  const cwd = mkdtempSync(join(tmpdir(), 'hashes-'));
  const datasets = Object.fromEntries(
    generators.all.map((generator) => {
      const { id, target, task } = generator;
      const path = `${id}.csv`;
      writeFileSync(join(cwd, path), writeCsv(generator.generate({ rows: ROWS, seed: 42 })));
      const models = quickModels.filter(({ tasks }) => tasks.includes(task)).map((plugin) => plugin.id);
      return [id, { path, target, task, models }];
    }),
  );
  writeFileSync(join(cwd, 'mlops.yml'), JSON.stringify({ datasets })); // JSON is YAML
  const [program = '', ...args] = [...mlops, 'pipeline', '--force', '--json', '--threads', String(threads)];
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(`mlops pipeline failed with ${status}:\n${stdout}${stderr}`);
  const { runs } = (
    JSON.parse(stdout) as {
      result: { runs: { model: string; dataset: string; model_sha256: string; metrics: unknown }[] };
    }
  ).result;
  return Object.fromEntries(
    runs.map(({ model, dataset, model_sha256, metrics }) => [
      `${model}: pipeline, ${ROWS} rows of ${dataset}`,
      { model: model_sha256, metrics: sha256(new TextEncoder().encode(JSON.stringify(metrics))) },
    ]),
  );
}
