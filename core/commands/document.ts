import { z } from 'zod';
import type { Problem } from '../errors/app-error.ts';
import { snakeCase, toWire } from '../records/wire.ts';
import { runSchema } from '../tracking/run.ts';
import type { Command, Outcome, Work } from './command.ts';
import { STATUSES } from './judgement.ts';

/** Version of the document that `--json` prints. */
const DOCUMENT_SCHEMA = 2;

const problemSchema = z.strictObject({
  message: z.string(),
  file: z.string().optional(),
  place: z.string().optional(),
  found: z.string().optional(),
  allowed: z.string().optional(),
  next: z.string().optional(),
});

/** What came of a command, as another program reads it: snake_case keys, always all of them. */
export interface CommandDocument {
  readonly schema: typeof DOCUMENT_SCHEMA;
  readonly command: string;
  /** `done` when there was nothing to judge, `error` when the command failed. */
  readonly status: (typeof STATUSES)[number];
  /** As the command's schema says; null after an error. */
  readonly result: unknown;
  readonly files: readonly string[];
  readonly warnings: readonly string[];
  readonly errors: readonly Problem[];
}

/** @throws ZodError when the result is not what the command's schema says: a bug. */
export function documentOf<Result>(
  command: string,
  { result: schema }: Pick<Work<never, Result>, 'result'>,
  { result, judgement, files, warnings }: Outcome<Result>,
): CommandDocument {
  return {
    schema: DOCUMENT_SCHEMA,
    command,
    status: judgement?.status ?? 'done',
    result: toWire(schema, schema.parse(result)),
    files,
    warnings,
    errors: [],
  };
}

/** The document of a command that failed. */
export function errorDocument(command: string, errors: readonly Problem[]): CommandDocument {
  return { schema: DOCUMENT_SCHEMA, command, status: 'error', result: null, files: [], warnings: [], errors };
}

/** The JSON Schema of the documents of these commands. */
export async function documentJsonSchema(commands: readonly Pick<Command, 'id' | 'load'>[]): Promise<object> {
  const documents = await Promise.all(
    commands.map(async ({ id, load }) =>
      z.strictObject({
        schema: z.literal(DOCUMENT_SCHEMA),
        command: z.literal(id),
        status: z.enum(STATUSES),
        result: (await load()).result.nullable(),
        files: z.array(z.string()),
        warnings: z.array(z.string()),
        errors: z.array(problemSchema),
      }),
    ),
  );
  const metadata = z.registry<{ id: string }>();
  metadata.add(runSchema, { id: 'run' }).add(problemSchema, { id: 'problem' });
  const options = { metadata, unrepresentable: 'any', io: 'output' } as const;
  return onTheWire(z.toJSONSchema(z.union(documents), options)) as object;
}

/** Keys of objects as `toWire` writes them. */
function onTheWire(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(onTheWire);
  if (schema === null || typeof schema !== 'object') return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => {
      if (key === 'properties')
        return [
          key,
          Object.fromEntries(Object.entries(value as object).map(([name, each]) => [snakeCase(name), onTheWire(each)])),
        ];
      return key === 'required' ? [key, (value as string[]).map(snakeCase)] : [key, onTheWire(value)];
    }),
  );
}
