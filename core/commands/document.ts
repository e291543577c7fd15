import { z } from 'zod';
import { gateSchemas } from '../comparison/gate-result.ts';
import { verdictSchema } from '../comparison/verdict.ts';
import type { Problem } from '../errors/app-error.ts';
import { problemSchema } from '../errors/problem-schema.ts';
import { toWire } from '../records/wire.ts';
import { wireJsonSchema } from '../records/wire-json-schema.ts';
import { estimateSchema, runSchema } from '../tracking/run.ts';
import type { Command, Outcome, Work } from './command.ts';
import { STATUSES } from './judgement.ts';

/** Version of the document that `--json` prints. */
const DOCUMENT_SCHEMA = 2;

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
  const named = {
    run: runSchema,
    verdict: verdictSchema,
    ...gateSchemas,
    estimate: estimateSchema,
    problem: problemSchema,
  };
  return wireJsonSchema(z.union(documents), { io: 'output', named });
}
