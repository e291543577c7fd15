import { z } from 'zod';
import type { DatasetConfig, GeneratorConfig } from '../../config/project.ts';
import { generators } from '../../datasets/index.ts';
import { type Injection, injectDrift } from '../../datasets/injectors/index.ts';
import { ConfigError } from '../../errors/app-error.ts';
import { sha256Hex } from '../../random/sha256.ts';
import { writeCsv } from '../../table/csv-writer.ts';
import type { Table } from '../../table/table.ts';
import type { Ports } from '../ports.ts';

/** What is remembered beside a generated table, so that it can be told from one that a person edited. */
const sidecarSchema = z.object({
  generator: z.string(),
  rows: z.number(),
  seed: z.number(),
  drift: z.array(z.unknown()).default([]),
  sha256: z.string(),
});

/**
 * Makes the tables that have a generator, and their second windows, where they do not exist or were generated with other
 * settings. A table that was edited, or was not generated, is left alone unless `force` is set.
 *
 * @returns paths of the files written.
 * @throws ConfigError when a window should drift in a column that it does not have.
 */
export async function generateTables(
  datasets: readonly DatasetConfig[],
  ports: Pick<Ports, 'files' | 'log'>,
  force: boolean,
): Promise<string[]> {
  const written: string[] = [];
  for (const { id, path, generator } of datasets) {
    if (!generator) continue;
    const { current } = generator;
    const tables = [{ path, id, generator, seed: generator.seed, drift: [] as readonly Injection[] }];
    if (current !== null) {
      tables.push({ path: current, drift: generator.drift, id, generator, seed: generator.seed + 1 });
    }
    for (const table of tables) if (await generateTable(table, ports, force)) written.push(table.path);
  }
  return written;
}

/** The table of a dataset as its generator makes it. */
export function generatedTable(id: string, generator: GeneratorConfig): string {
  return writeCsv(drifted({ id, generator, seed: generator.seed, drift: [] }));
}

/** Whether the table of a dataset is what its generator makes, or is not there yet. */
export async function isGenerated(
  { path, generator }: Pick<DatasetConfig, 'path' | 'generator'>,
  files: Pick<Ports['files'], 'exists' | 'read' | 'readTable'>,
): Promise<boolean> {
  if (!generator) return false;
  if (!(await files.exists(path))) return true;
  const made = await readSidecar(files, `${path}.generated.json`);
  if (!made || made.generator !== generator.id || made.rows !== generator.rows || made.seed !== generator.seed)
    return false;
  return made.sha256 === sha256Hex(await files.readTable(path));
}

/** Whether the table had to be written. */
async function generateTable(
  table: {
    readonly id: string;
    readonly path: string;
    readonly generator: GeneratorConfig;
    readonly seed: number;
    readonly drift: readonly Injection[];
  },
  { files, log }: Pick<Ports, 'files' | 'log'>,
  force: boolean,
): Promise<boolean> {
  const { path, seed, drift } = table;
  const { id: generator, rows } = table.generator;
  const sidecar = `${path}.generated.json`;
  const wanted = { generator, rows, seed, ...(drift.length > 0 && { drift }) };
  if (!force && (await files.exists(path))) {
    const made = await readSidecar(files, sidecar);
    if (!made || made.sha256 !== sha256Hex(await files.readTable(path))) {
      if (made) log.warn(`${path} was changed after it was generated: left as it is (--force generates it again)`);
      return false;
    }
    const same = made.generator === generator && made.rows === rows && made.seed === seed;
    if (same && JSON.stringify(made.drift) === JSON.stringify(drift)) return false;
  }
  const text = writeCsv(drifted(table));
  await files.write(path, text);
  const sha256 = sha256Hex(new TextEncoder().encode(text));
  await files.write(sidecar, `${JSON.stringify({ ...wanted, sha256 }, null, 2)}\n`);
  log.info(`generated ${path}: ${rows} rows of ${generator}, seed ${seed}${drift.length > 0 ? ', drifted' : ''}`);
  return true;
}

function drifted({
  id,
  generator,
  seed,
  drift,
}: {
  readonly id: string;
  readonly generator: GeneratorConfig;
  readonly seed: number;
  readonly drift: readonly Injection[];
}): Table {
  const table = generators.get(generator.id).generate({ rows: generator.rows, seed });
  try {
    return injectDrift(table, drift, seed);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    const problem = {
      place: `datasets.${id}.generator.drift`,
      message: cause.message,
      next: 'see data/README.md for the columns',
    };
    throw new ConfigError(problem, { cause });
  }
}

async function readSidecar(
  files: Pick<Ports['files'], 'exists' | 'read'>,
  path: string,
): Promise<z.infer<typeof sidecarSchema> | undefined> {
  if (!(await files.exists(path))) return undefined;
  try {
    return sidecarSchema.parse(JSON.parse(new TextDecoder().decode(await files.read(path))));
  } catch {
    return undefined;
  }
}
