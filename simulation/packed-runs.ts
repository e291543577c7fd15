import type { OutOfFold } from '../core/evidence/evidence.ts';
import type { Run } from '../core/tracking/run.ts';
import type { TrainedRun } from './train-run.ts';

interface Header {
  readonly metrics: Run['metrics'];
  readonly test: TrainedRun['test'];
  /** Per repeat: how many predictions and decisions follow. */
  readonly lengths: readonly (readonly [number, number])[];
}

/** Runs as bytes, and back. */
export function packRuns(runs: readonly TrainedRun[]): Buffer {
  const headers = runs.map(({ metrics, test, repeats }): Header => {
    return {
      metrics,
      test,
      lengths: repeats.map(({ predictions, decisions }) => [predictions.length, decisions.length]),
    };
  });
  const head = Buffer.from(JSON.stringify(headers));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(head.length);
  const bodies = runs.flatMap(({ repeats }) =>
    repeats.flatMap(({ predictions, decisions }) => [Buffer.from(predictions.buffer), Buffer.from(decisions)]),
  );
  return Buffer.concat([length, head, ...bodies]);
}

export function unpackRuns(bytes: Buffer): TrainedRun[] {
  const headers = JSON.parse(bytes.toString('utf8', 4, 4 + bytes.readUInt32LE(0))) as Header[];
  let at = 4 + bytes.readUInt32LE(0);
  const take = (length: number) => {
    at += length;
    return new Uint8Array(bytes.subarray(at - length, at));
  };
  return headers.map(({ metrics, test, lengths }) => ({
    metrics,
    test,
    repeats: lengths.map(([n, decided]): OutOfFold => {
      const predictions = new Uint16Array(take(2 * n).buffer);
      return { predictions, decisions: take(decided) };
    }),
  }));
}
