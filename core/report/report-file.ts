import { type Problem, StoreError } from '../errors/app-error.ts';
import { fromWire, SpellingError, toWire, wirePath } from '../records/wire.ts';
import { printableJson } from './printable.ts';
import { REPORT_SCHEMA, type Report, reportSchema } from './report-schema.ts';

/** Problems of a damaged report that are listed. */
const LISTED = 5;

/** A report as `report.json` holds it: snake_case keys, two spaces, a final newline. */
export function formatReport(report: Report): string {
  return `${printableJson(JSON.stringify(toWire(reportSchema, report), null, 2))}\n`;
}

/**
 * The report in a file's text. Fields that this version does not know are left out.
 *
 * @param file names the file in messages.
 * @throws StoreError that says whether it is damaged, or of another version, and what to do.
 */
export function readReport(text: string, file: string): Report {
  const value = parseJson(text, file);
  const schema = typeof value === 'object' && value !== null && 'schema' in value ? value.schema : undefined;
  if (typeof schema === 'number' && schema !== REPORT_SCHEMA) {
    throw new StoreError({
      file,
      message: `the report was written by ${schema > REPORT_SCHEMA ? 'a later' : 'an earlier'} version of mlops-action`,
      found: `schema ${schema}`,
      allowed: `schema ${REPORT_SCHEMA}`,
      next: 'write it again with `mlops pipeline`, or use that version',
    });
  }
  const parsed = reportSchema.safeParse(inMemory(value, file));
  if (parsed.success) return parsed.data;
  throw new StoreError(
    parsed.error.issues.slice(0, LISTED).map(
      ({ path, message }): Problem => ({
        file,
        ...(path.length > 0 && { place: wirePath(reportSchema, path).join('.') }),
        message: `is not a report: ${message}`,
        next: 'write it again with `mlops pipeline`',
      }),
    ),
  );
}

function inMemory(value: unknown, file: string): unknown {
  try {
    return fromWire(reportSchema, value);
  } catch (cause) {
    if (!(cause instanceof SpellingError)) throw cause;
    const { message, spelling: place } = cause;
    const next = 'write it again with `mlops pipeline`';
    throw new StoreError({ file, place, message: `is not a report: ${message}`, next }, { cause });
  }
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new StoreError(
      { file, message: 'is not a report: not JSON', next: 'write it again with `mlops pipeline`' },
      { cause },
    );
  }
}
