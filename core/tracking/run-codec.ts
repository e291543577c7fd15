import { type Problem, StoreError } from '../errors/app-error.ts';
import { RUN_SCHEMA, type Run, runSchema } from './run.ts';
import { fromWire, toWire, wirePath } from './wire.ts';

/** Largest run record in bytes: what GitHub's contents API still answers as JSON. */
export const MAX_RUN_BYTES = 1_000_000;

const utf8 = new TextEncoder();

/**
 * A run as its file holds it: keys in the order of the schema (records keep theirs), two spaces, a final newline.
 * One content, one text.
 *
 * @throws StoreError when the run breaks the schema or is larger than `MAX_RUN_BYTES`.
 */
export function formatRun(run: Run): string {
  const parsed = runSchema.safeParse(run);
  if (!parsed.success) throw new StoreError(schemaProblems(parsed.error.issues, `run ${run.id}`));
  const text = `${JSON.stringify(toWire(runSchema, parsed.data), undefined, 2)}\n`;
  const bytes = utf8.encode(text).length;
  if (bytes > MAX_RUN_BYTES) {
    throw new StoreError({
      message: `run ${run.id} is too large to be recorded`,
      found: `${bytes} bytes`,
      allowed: `${MAX_RUN_BYTES} bytes`,
    });
  }
  return text;
}

/**
 * The run in a file's text.
 *
 * @param path names the file in messages.
 * @throws StoreError that says whether the record is corrupt or of a schema newer than this version reads.
 */
export function parseRun(text: string, path?: string): Run {
  const file = path === undefined ? {} : { file: path };
  if (utf8.encode(text).length > MAX_RUN_BYTES) {
    throw new StoreError({ ...file, message: 'run record is too large', allowed: `${MAX_RUN_BYTES} bytes` });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new StoreError({ ...file, message: 'run record is corrupt: not JSON' }, { cause });
  }
  const schema = typeof value === 'object' && value !== null && 'schema' in value ? value.schema : undefined;
  if (Number.isSafeInteger(schema) && (schema as number) > RUN_SCHEMA) {
    throw new StoreError({
      ...file,
      message: 'run record is of a newer schema',
      found: `schema ${schema}`,
      allowed: `schema ${RUN_SCHEMA}`,
      next: 'use the version of mlops-action that wrote it, or a later one',
    });
  }
  const parsed = runSchema.safeParse(fromWire(runSchema, value));
  if (!parsed.success) throw new StoreError(schemaProblems(parsed.error.issues, 'run record is corrupt', path));
  return parsed.data;
}

function schemaProblems(
  issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[],
  subject: string,
  file?: string,
): Problem[] {
  return issues.slice(0, 10).map((issue) => ({
    ...(file === undefined ? {} : { file }),
    ...(issue.path.length === 0 ? {} : { place: wirePath(runSchema, issue.path).join('.') }),
    message: `${subject}: ${issue.message}`,
  }));
}

/** The runs in the result of a document that `--json` printed. */
export function runsOfDocument({ result }: { readonly result: { readonly runs: readonly unknown[] } }): Run[] {
  return result.runs.map((run) => runSchema.parse(fromWire(runSchema, run)));
}
