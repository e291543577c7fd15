import { StoreError } from '../errors/app-error.ts';
import { sha256Hex } from '../random/sha256.ts';
import { runSchema } from './run.ts';

const utf8 = new TextEncoder();

/**
 * The id of a run: `<yyyymmdd>-<hhmmss>-<dataset>-<model>-<8 hex>`, in UTC. Characters outside `A-Za-z0-9_.-` become
 * `-` and each name is cut to 79, so the digits hash all four arguments: names that look alike stay apart.
 *
 * @param of.createdAt ISO 8601 date and time.
 * @param of.nonce anything that tells two runs of one second apart: a random text, a job's index.
 * @throws RangeError when `createdAt` is no date.
 */
export function createRunId(of: {
  readonly createdAt: string;
  readonly dataset: string;
  readonly model: string;
  readonly nonce: string;
}): string {
  const [date, time] = new Date(of.createdAt).toISOString().split('T') as [string, string];
  const digest = sha256Hex(utf8.encode(JSON.stringify([of.createdAt, of.dataset, of.model, of.nonce])));
  const parts = [date.replaceAll('-', ''), time.slice(0, 8).replaceAll(':', ''), plain(of.dataset), plain(of.model)];
  return [...parts, digest.slice(0, 8)].join('-');
}

/** True for text of the form of a run id; such text is safe as a file name. */
export function isRunId(text: string): boolean {
  return runSchema.shape.id.safeParse(text).success;
}

/**
 * Where a run's file lies in every store: `runs/<yyyy>/<mm>/<dd>/<id>.json`.
 *
 * @throws StoreError when `id` is no run id, so no path can lead out of the store.
 */
export function runPath(id: string): string {
  if (!isRunId(id)) throw new StoreError({ message: 'not a run id', found: JSON.stringify(id.slice(0, 200)) });
  return `runs/${id.slice(0, 4)}/${id.slice(4, 6)}/${id.slice(6, 8)}/${id}.json`;
}

function plain(name: string): string {
  return name.replace(/[^A-Za-z0-9_.-]/gu, '-').slice(0, 79);
}
