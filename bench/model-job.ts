import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { score } from './score.ts';
import type { Bench } from './suite.ts';
import type { DataTable } from './table-file.ts';

/** What a process is to fit. */
export interface ModelJob {
  /** A file of `writeTableFile`. */
  readonly path: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly seed: number;
  readonly threads: number;
  /** Rows of a first fit that is not timed; 0: none. */
  readonly warmUpRows: number;
  /** Fits at most… */
  readonly fits: number;
  /** …and no further one once they have taken so long. */
  readonly seconds: number;
  /** How often the rows for judging are predicted, timed, after once untimed. */
  readonly predictions: number;
}

/** What it took. */
export interface Measured {
  readonly fitSeconds: readonly number[];
  /** Bytes of the process in memory when the first timed fit began, and at most until the last ended. */
  readonly before: number;
  readonly peak: number;
  readonly predictSeconds: readonly number[];
  /** On the rows for judging; null without any. */
  readonly score: number | null;
}

/** A model of the originals: a class of scikit-learn, or a library by its name (`peers/boosting_libraries.py`). */
export interface PeerModel {
  readonly estimator: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** Fits one of our models in a process of its own. */
export function measureOurs(bench: Bench, model: string, job: ModelJob): Measured {
  return bench.node('measure-model', { ...job, model }) as Measured;
}

/** Fits a model of the originals in a process of its own, and judges its predictions as ours are. */
export function measurePeer(bench: Bench, peer: PeerModel, table: Judged, job: ModelJob): Measured {
  const output = join(bench.folder, 'predictions');
  const measured = bench.python('measure_model.py', { ...job, ...peer, output }, job.threads) as Measured;
  if (table.target.length === 0) return { ...measured, score: null };
  const predictions = new Float64Array(new Uint8Array(readFileSync(output)).buffer);
  return { ...measured, score: score(table.target, table.nClasses, predictions) };
}

/** The true values of the rows for judging. */
export interface Judged {
  readonly target: Float64Array;
  readonly nClasses: number;
}

export function judgedOf({ target, trainRows, nClasses }: DataTable): Judged {
  return { target: target.slice(trainRows), nClasses };
}
