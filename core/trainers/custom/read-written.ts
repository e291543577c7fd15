import { DataError } from '../../errors/app-error.ts';
import type { ExchangeFolder } from '../../ports/process-runner.ts';

/** The files that a command may leave for us. */
const WRITTEN = {
  predictions: {
    name: 'predictions.csv',
    maxBytes: 512_000_000,
    smaller: 'write only the key and the prediction columns, with fewer digits',
  },
  metrics: { name: 'metrics.json', maxBytes: 100_000, smaller: 'write only the numbers' },
  model: {
    name: 'model',
    maxBytes: 1_000_000_000,
    smaller: 'write a smaller file, or none: MLOPS_MODEL is optional',
  },
} as const;

export type Written = keyof typeof WRITTEN;

export const nameOf = (what: Written): string => WRITTEN[what].name;

/**
 * The bytes of a file that the command left; undefined when there is none.
 *
 * @param place which fit it is, for errors.
 * @throws DataError when it is no regular file, or larger than is allowed.
 */
export async function readWritten(
  folder: ExchangeFolder,
  what: Written,
  place: string,
): Promise<Uint8Array | undefined> {
  const { name, maxBytes, smaller } = WRITTEN[what];
  const found = await folder.read(name, maxBytes);
  const file = `${place}: ${name}`;
  const allowed = `a regular file of at most ${maxBytes.toLocaleString('en')} bytes`;
  switch (found.kind) {
    case 'file':
      return found.bytes;
    case 'absent':
      return undefined;
    case 'not_a_file':
      throw new DataError({
        file,
        message: 'the command wrote something that is not a regular file',
        found: found.what,
        allowed,
        next: `let the command write the file itself at MLOPS_${what.toUpperCase()}; pack several files into one archive`,
      });
    case 'too_large':
      throw new DataError({
        file,
        message: 'the file that the command wrote is too large',
        found: `${found.bytes.toLocaleString('en')} bytes`,
        allowed,
        next: smaller,
      });
  }
}
