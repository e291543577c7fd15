/** Where a person sees what is going on; never the place of results. */
export interface Log {
  info(message: string): void;
  warn(message: string): void;
  /** What only somebody looks at who searches for a fault: shown by `--verbose`, and by the runner's debug logging. */
  debug(message: string): void;
  /** Shown in place while work goes on; `done` = `total` ends it, with `ended` as what has been done. */
  progress(label: string, done: number, total: number, ended: string): void;
}
