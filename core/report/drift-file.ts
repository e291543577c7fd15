import { z } from 'zod';
import { gateSchemas } from '../comparison/gate-result.ts';
import { type DatasetDrift, datasetDriftSchema, testResultSchema } from '../drift/drift-result.ts';
import { toWire } from '../records/wire.ts';
import { wireJsonSchema } from '../records/wire-json-schema.ts';
import { VERSION } from '../version.ts';
import { printableJson } from './printable.ts';

/** Version of `drift.json`. */
const DRIFT_SCHEMA = 1;

const driftFileSchema = z.object({
  schema: z.literal(DRIFT_SCHEMA),
  datasets: z.array(datasetDriftSchema),
  /** The version of mlops-action that wrote it. */
  version: z.string(),
});

/** What drifted, as `drift.json` holds it: snake_case keys, two spaces, a final newline. */
export function formatDrift(datasets: readonly DatasetDrift[]): string {
  const file = { schema: DRIFT_SCHEMA, datasets, version: VERSION };
  return `${printableJson(JSON.stringify(toWire(driftFileSchema, file), null, 2))}\n`;
}

/** The JSON Schema of `drift.json`, for programs that read it. Readers have to ignore fields that it does not name. */
export function renderDriftJsonSchema(): string {
  const named = { accepted: gateSchemas.accepted, gate: gateSchemas.drift, test: testResultSchema };
  const schema = wireJsonSchema(driftFileSchema, { io: 'input', named });
  return `${JSON.stringify({ ...schema, title: 'drift.json' }, null, 2)}\n`;
}
