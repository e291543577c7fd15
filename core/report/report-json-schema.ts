import { gateSchemas } from '../comparison/gate-result.ts';
import { splitPlanSchema } from '../dataset/split-plan.ts';
import { problemSchema } from '../errors/problem-schema.ts';
import { wireJsonSchema } from '../records/wire-json-schema.ts';
import { estimateSchema } from '../tracking/run.ts';
import { reportSchema } from './report-schema.ts';

/** The JSON Schema of `report.json`, for programs that read it. Readers have to ignore fields that it does not name. */
export function renderReportJsonSchema(): string {
  const named = { ...gateSchemas, estimate: estimateSchema, split: splitPlanSchema, problem: problemSchema };
  const schema = wireJsonSchema(reportSchema, { io: 'input', named });
  return `${JSON.stringify({ ...schema, title: 'report.json' }, null, 2)}\n`;
}
