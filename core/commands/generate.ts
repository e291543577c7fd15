import { z } from 'zod';
import type { DatasetConfig } from '../config/project.ts';
import { generators } from '../datasets/index.ts';
import { sha256Hex } from '../random/sha256.ts';
import { writeCsv } from '../table/csv-writer.ts';
import type { Ports } from './ports.ts';

/** What is remembered beside a generated table, so that it can be told from one that a person edited. */
const sidecarSchema = z.object({ generator: z.string(), rows: z.number(), seed: z.number(), sha256: z.string() });

/**
 * Makes the tables that have a generator and are not there, or were generated with other settings. A table that was
 * changed since, or that no generator of ours made, is left alone unless `force` is set.
 *
 * @returns paths of the files written.
 */
export async function generateTables(
  datasets: readonly DatasetConfig[],
  { files, log }: Pick<Ports, 'files' | 'log'>,
  force: boolean,
): Promise<string[]> {
  const written: string[] = [];
  for (const { path, generator } of datasets) {
    if (!generator) continue;
    const sidecar = `${path}.generated.json`;
    const wanted = { generator: generator.id, rows: generator.rows, seed: generator.seed };
    if (!force && (await files.exists(path))) {
      const made = await readSidecar(files, sidecar);
      if (!made || made.sha256 !== sha256Hex(await files.read(path))) {
        if (made) log.warn(`${path} was changed after it was generated: left as it is (--force makes it anew)`);
        continue;
      }
      if (made.generator === wanted.generator && made.rows === wanted.rows && made.seed === wanted.seed) continue;
    }
    const text = writeCsv(generators.get(generator.id).generate(generator));
    await files.write(path, text);
    await files.write(
      sidecar,
      `${JSON.stringify({ ...wanted, sha256: sha256Hex(new TextEncoder().encode(text)) }, null, 2)}\n`,
    );
    log.info(`generated ${path}: ${generator.rows} rows of ${generator.id}, seed ${generator.seed}`);
    written.push(path);
  }
  return written;
}

async function readSidecar(files: Ports['files'], path: string): Promise<z.infer<typeof sidecarSchema> | undefined> {
  if (!(await files.exists(path))) return undefined;
  try {
    return sidecarSchema.parse(JSON.parse(new TextDecoder().decode(await files.read(path))));
  } catch {
    return undefined;
  }
}
