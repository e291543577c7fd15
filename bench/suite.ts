/** Runs a script of `bench/peers/` in the suite's Python: JSON in on standard input, JSON out on standard output. */
type RunPython = (script: string, input: unknown) => unknown;

/** Measurements that belong together: what of ours stands beside what of the originals. */
export interface Suite {
  readonly id: string;
  readonly title: string;
  /** The originals, pinned. */
  readonly packages: readonly string[];
  /** Measures, and gives the lines of a Markdown section. */
  run(python: RunPython, log: (message: string) => void): Promise<readonly string[]>;
}
