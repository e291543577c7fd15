import type { Log } from '../core/ports/log.ts';
import { printable, printableLines } from '../core/report/printable.ts';

/** Where text goes: a process's stream, or a test's. */
export interface Stream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Messages and progress on a terminal; on anything else one line when a piece of work is done. */
export function createTerminalLog(
  stream: Stream,
  { quiet, verbose }: { readonly quiet: boolean; readonly verbose: boolean },
): Log {
  let shown = '';
  const clear = () => {
    if (shown !== '') stream.write(`\r${' '.repeat(shown.length)}\r`);
    shown = '';
  };
  const line = (text: string) => {
    clear();
    stream.write(`${printableLines(text)}\n`);
  };
  return {
    info: (message) => {
      if (!quiet) line(message);
    },
    warn: (message) => line(`warning: ${message}`),
    debug: (message) => {
      if (verbose) line(`debug: ${message}`);
    },
    progress(label, done, total, ended) {
      if (quiet) return;
      if (done === total) line(`${label}: ${ended}`);
      else if (stream.isTTY) {
        clear();
        shown = printable(`${label}: ${done}/${total}`);
        stream.write(shown);
      }
    },
  };
}
