import { z } from 'zod';
import { snakeCase } from '../records/wire.ts';
import { reportSchema } from './report-schema.ts';

/** The JSON Schema of `report.json`, for programs that read it. Readers have to ignore fields that it does not name. */
export function renderReportJsonSchema(): string {
  const schema = z.toJSONSchema(reportSchema, { io: 'input' });
  return `${JSON.stringify({ ...(onWire(schema) as object), title: 'report.json' }, null, 2)}\n`;
}

/** The same schema with keys as the file has them. */
function onWire(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(onWire);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, value]) => {
      if (keyword === 'required') return [keyword, (value as string[]).map(snakeCase)];
      if (keyword !== 'properties') return [keyword, onWire(value)];
      const own = Object.entries(value as object).map(([key, each]) => [snakeCase(key), onWire(each)]);
      return [keyword, Object.fromEntries(own)];
    }),
  );
}
