import { parse } from 'yaml';
import { declaredReading, declaredRoles } from '../config/columns-key.ts';
import type { DatasetConfig } from '../config/project.ts';
import { DataError } from '../errors/app-error.ts';
import type { TableFiles } from '../ports/project-files.ts';
import { sha256Hex } from '../random/sha256.ts';
import { type ReadOptions, readTables } from '../table/read-table.ts';
import type { Table } from '../table/table.ts';

/**
 * The table at a path, or of all files that a pattern (`data/part-*.csv`) matches, in the order of their names.
 *
 * @param absent what to do when nothing is there, unless DVC tracks it.
 * @returns also the SHA-256 of the file; of several, of the list of their names and hashes.
 * @throws DataError when nothing is there or it cannot be read.
 */
export async function readDatasetTable(
  files: TableFiles,
  path: string,
  options: Omit<ReadOptions, 'file'>,
  absent: { readonly message: string; readonly next: string },
): Promise<{ readonly table: Table; readonly sha256: string }> {
  const found = await files.list(path);
  if (found.length === 0)
    throw new DataError({ file: path, message: absent.message, next: (await pullCommand(files, path)) ?? absent.next });
  const parts: TablePart[] = [];
  for (const file of found) parts.push({ file, bytes: await files.readTable(file) });
  return { table: await readTables(parts, options), sha256: tableSha256(parts) };
}

/** A file of a table. */
export interface TablePart {
  readonly file: string;
  readonly bytes: Uint8Array;
}

/** The SHA-256 of a table's file; of several, of the list of their names and hashes. */
export function tableSha256(parts: readonly TablePart[]): string {
  if (parts.length === 1) return sha256Hex(parts[0]!.bytes);
  const list = parts.map(({ file, bytes }) => `${sha256Hex(bytes)}  ${file}\n`).join('');
  return sha256Hex(new TextEncoder().encode(list));
}

/** How the table of a dataset is read: what `mlops.yml` says of its format and its columns. */
export function readOptionsOf(
  config: Pick<DatasetConfig, 'columns' | 'delimiter' | 'decimal' | 'thousands' | 'missing'>,
): Omit<ReadOptions, 'file'> {
  const { columns, delimiter, decimal, thousands, missing } = config;
  const kinds = Object.fromEntries(
    Object.entries(declaredRoles(columns)).flatMap(([name, kind]) =>
      kind === 'ignore' ? [] : [[name, kind === 'id' ? ('categorical' as const) : kind]],
    ),
  );
  return {
    kinds,
    ...declaredReading(columns),
    ...(missing && { missing }),
    ...(decimal && { decimal }),
    ...(thousands && { thousands }),
    ...(delimiter && { delimiter }),
  };
}

/** How to fetch a file that DVC tracks: by a pointer beside it or beside a folder above it, or as an output of a stage. */
async function pullCommand(files: TableFiles, path: string): Promise<string | undefined> {
  const steps = path.split('/');
  for (let n = steps.length; n > 0; n--) {
    const pointer = `${steps.slice(0, n).join('/')}.dvc`;
    if (await files.exists(pointer)) return `the file is tracked by DVC: run \`dvc pull ${pointer}\``;
  }
  if (!(await files.exists('dvc.lock'))) return undefined;
  const outputs = outputsOf(new TextDecoder().decode(await files.read('dvc.lock')));
  const output = outputs.find((each) => each === path || path.startsWith(`${each}/`));
  return output === undefined ? undefined : `the file is tracked by DVC: run \`dvc pull ${output}\``;
}

function outputsOf(lock: string): string[] {
  try {
    const { stages = {} } = parse(lock) as { stages?: Record<string, { outs?: { path?: unknown }[] }> };
    return Object.values(stages).flatMap(({ outs = [] }) =>
      outs.flatMap((out) => (typeof out.path === 'string' ? out.path : [])),
    );
  } catch {
    return [];
  }
}
