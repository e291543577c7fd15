/** What a suite measures with. */
export interface Bench {
  /**
   * Runs a script of `bench/peers/` in the suite's Python, a process of its own on so many threads (default: one per
   * processor): JSON in on standard input, JSON out on standard output.
   */
  python(script: string, input: unknown, threads?: number): unknown;
  /** Runs a script of `bench/`, compiled, in a process of its own: JSON in on standard input, JSON out on standard output. */
  node(script: string, input: unknown): unknown;
  /** Path of our command line, compiled. */
  readonly cli: string;
  log(message: string): void;
  /** An empty folder for the suite alone, gone afterwards. */
  readonly folder: string;
  /** A trial of the suite itself: few rows, few rounds, figures that mean nothing. */
  readonly quick: boolean;
}

/** Measurements that belong together: what of ours stands beside what of the originals. */
export interface Suite {
  readonly id: string;
  readonly title: string;
  /** The originals, pinned. */
  readonly packages: readonly string[];
  /** Measures, and gives the lines of a Markdown section. */
  run(bench: Bench): Promise<readonly string[]>;
}
