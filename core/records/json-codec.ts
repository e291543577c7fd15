import type { z } from 'zod';
import { type Problem, StoreError } from '../errors/app-error.ts';
import { jsonFault } from './json-fault.ts';
import { newerSchema, type RecordCodec } from './record-codec.ts';
import { fromWire, SpellingError, toWire, wirePath } from './wire.ts';

const toBytes = new TextEncoder();
const toText = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Records as JSON: camelCase in memory, snake_case in files. */
export interface JsonCodec<T> extends RecordCodec<T> {
  /** The text of `encode`. */
  format(record: T): string;
  /** `decode` of a text. */
  parse(text: string, path?: string): T;
}

/**
 * The codec of a kind of record that is stored as JSON: keys in the order of the schema, then those it does not know; two spaces,
 * a final newline.
 *
 * @param of.shape made of `recordObject`, so that unknown fields are kept.
 */
export function createJsonCodec<T extends { readonly schema: number; readonly id: string }>(of: {
  readonly kind: string;
  readonly schema: T['schema'];
  readonly folder: string;
  readonly maxBytes: number;
  readonly shape: z.ZodType<T>;
  pathOf(record: T): string;
}): JsonCodec<T> {
  const { kind, schema, folder, maxBytes, shape, pathOf } = of;

  const encode = (record: T) => {
    const parsed = shape.safeParse(record);
    if (!parsed.success) throw new StoreError(schemaProblems(shape, parsed.error.issues, `${kind} ${record.id}`));
    const bytes = toBytes.encode(`${JSON.stringify(toWire(shape, parsed.data), undefined, 2)}\n`);
    if (bytes.length <= maxBytes) return bytes;
    throw new StoreError({
      message: `${kind} ${record.id} is too large to be recorded`,
      found: `${bytes.length} bytes`,
      allowed: `${maxBytes} bytes`,
    });
  };

  const decode = (bytes: Uint8Array, path?: string) => {
    const file = path === undefined ? {} : { file: path };
    if (bytes.length > maxBytes) {
      throw new StoreError({ ...file, message: `${kind} record is too large`, allowed: `${maxBytes} bytes` });
    }
    const corrupt = (fault: string, cause?: unknown) =>
      new StoreError({ ...file, message: `${kind} record is corrupt: ${fault}` }, { cause });
    let value: unknown;
    try {
      value = JSON.parse(toText.decode(bytes));
    } catch (cause) {
      throw corrupt('not JSON', cause);
    }
    const found = typeof value === 'object' && value !== null && 'schema' in value ? value.schema : undefined;
    if (Number.isSafeInteger(found) && (found as number) > schema) {
      throw newerSchema(kind, found as number, schema, path);
    }
    const fault = jsonFault(value);
    if (fault !== undefined) throw corrupt(fault);
    const parsed = shape.safeParse(inMemory(value, corrupt));
    if (parsed.success) return parsed.data;
    throw new StoreError(schemaProblems(shape, parsed.error.issues, `${kind} record is corrupt`, path));
  };

  const inMemory = (value: unknown, corrupt: (fault: string) => StoreError) => {
    try {
      return fromWire(shape, value);
    } catch (error) {
      throw error instanceof SpellingError ? corrupt(error.message) : error;
    }
  };

  return {
    kind,
    schema,
    folder,
    maxBytes,
    pathOf,
    encode,
    decode,
    format: (record) => toText.decode(encode(record)),
    parse: (text, path) => decode(toBytes.encode(text), path),
  };
}

function schemaProblems(
  shape: z.ZodType,
  issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[],
  subject: string,
  file?: string,
): Problem[] {
  return issues.slice(0, 10).map((issue) => ({
    ...(file === undefined ? {} : { file }),
    ...(issue.path.length === 0 ? {} : { place: wirePath(shape, issue.path).join('.') }),
    message: `${subject}: ${issue.message}`,
  }));
}
