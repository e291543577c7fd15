import { AppError } from '../core/errors/app-error.ts';
import type { SkippedFile } from '../core/records/skipped-files.ts';
import { readReport } from '../core/report/report-file.ts';
import type { Report } from '../core/report/report-schema.ts';

const FILE = 'report.json';
const MAX_BYTES = 20_000_000;

/**
 * The report that a job put into its artifact: what the job says, read by a strict schema.
 *
 * @param skipped gets a line where there is one that cannot be read.
 */
export function reportIn(files: ReadonlyMap<string, Uint8Array>, skipped: SkippedFile[]): Report | undefined {
  const bytes = files.get(FILE);
  if (!bytes) return undefined;
  if (bytes.length > MAX_BYTES) {
    skipped.push({ path: FILE, reason: `is larger than ${MAX_BYTES} bytes` });
    return undefined;
  }
  try {
    return readReport(new TextDecoder().decode(bytes), FILE);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    skipped.push({ path: FILE, reason: error.problems[0]!.message });
    return undefined;
  }
}
