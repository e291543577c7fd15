import { createJsonCodec } from '../records/json-codec.ts';
import { fromWire } from '../records/wire.ts';
import { RUN_SCHEMA, type Run, runSchema } from './run.ts';
import { runPath } from './run-id.ts';

/** How runs are stored. A file of a megabyte is what GitHub's contents API still answers as JSON. */
export const runCodec = createJsonCodec<Run>({
  kind: 'run',
  schema: RUN_SCHEMA,
  folder: 'runs',
  maxBytes: 1_000_000,
  shape: runSchema,
  pathOf: ({ id }) => runPath(id),
});

/** The runs in the result of a document that `--json` printed. */
export function runsOfDocument({ result }: { readonly result: { readonly runs: readonly unknown[] } }): Run[] {
  return result.runs.map((run) => runSchema.parse(fromWire(runSchema, run)));
}
