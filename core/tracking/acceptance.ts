import { z } from 'zod';
import { StoreError } from '../errors/app-error.ts';
import type { SkippedFile } from './skipped-files.ts';

/** Version of the record. A reader skips, counts and reports records of a newer one. */
const ACCEPTANCE_SCHEMA = 1;
export const ACCEPTED = 'accepted';
/** Bytes of the largest record. */
export const MAX_ACCEPTANCE_BYTES = 20_000;

const acceptanceSchema = z.strictObject({
  schema: z.literal(ACCEPTANCE_SCHEMA),
  /** `<yyyymmdd>-<hhmmss>-<8 hex>`. */
  id: z.string().regex(/^\d{8}-\d{6}-[0-9a-f]{8}$/),
  /** As people name it: `churn.roc_auc`, `churn.roc_auc@Contract=Two year`, `churn.data`. */
  gate: z.string().min(1).max(3000),
  kind: z.enum(['floor', 'limit', 'budget', 'drift', 'data']),
  /** The commit that was judged. */
  sha: z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/),
  /** What was judged: the metric, the cost, or how many rows are gone or relabelled. Null of a gate without a value. */
  value: z.number().nullable(),
  /** A name; no address. */
  by: z.string().min(1).max(200),
  at: z.iso.datetime(),
  because: z.string().min(1).max(1000),
});

/** Somebody's word that a gate which does not hold shall not stop this commit. */
export type Acceptance = z.infer<typeof acceptanceSchema>;

/** Where acceptances are kept: append-only, as runs are. Every implementation passes one contract suite. */
export interface AcceptanceStore {
  readonly description: string;
  put(acceptances: readonly Acceptance[]): Promise<void>;
  list(): Promise<{ readonly acceptances: readonly Acceptance[]; readonly skipped: readonly SkippedFile[] }>;
}

/** Paths and texts of records. @throws StoreError when one breaks the schema. */
export function formatAcceptances(acceptances: readonly Acceptance[]): Map<string, string> {
  return new Map(
    acceptances.map((acceptance) => {
      const parsed = acceptanceSchema.safeParse(acceptance);
      if (!parsed.success) {
        const { path, message } = parsed.error.issues[0]!;
        throw new StoreError({
          message: `acceptance ${acceptance.id} cannot be recorded: ${path.join('.')}: ${message}`,
        });
      }
      const { id } = parsed.data;
      return [
        `${ACCEPTED}/${id.slice(0, 4)}/${id.slice(4, 6)}/${id}.json`,
        `${JSON.stringify(parsed.data, null, 2)}\n`,
      ];
    }),
  );
}

/** Records of a store's files, oldest first; what is none is skipped with its reason. */
export function readAcceptances(
  files: readonly { readonly path: string; readonly text?: string | undefined }[],
): Awaited<ReturnType<AcceptanceStore['list']>> {
  const acceptances: Acceptance[] = [];
  const skipped: SkippedFile[] = [];
  for (const { path, text } of files) {
    const read = text === undefined ? 'not a file, or too large' : parse(text);
    if (typeof read === 'string') skipped.push({ path, reason: read });
    else acceptances.push(read);
  }
  return { acceptances: acceptances.sort((a, b) => (a.id < b.id ? -1 : 1)), skipped };
}

function parse(text: string): Acceptance | string {
  try {
    const value: unknown = JSON.parse(text);
    const schema = typeof value === 'object' && value !== null && 'schema' in value ? value.schema : undefined;
    if (Number.isSafeInteger(schema) && (schema as number) > ACCEPTANCE_SCHEMA)
      return 'acceptance is of a newer schema';
    const parsed = acceptanceSchema.safeParse(value);
    return parsed.success ? parsed.data : `acceptance is corrupt: ${parsed.error.issues[0]!.message}`;
  } catch {
    return 'acceptance is corrupt: not JSON';
  }
}
