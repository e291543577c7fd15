import { stripVTControlCharacters } from 'node:util';

const MAX_BYTES = 4096;
const MAX_LINES = 20;

/** Keeps the last lines of a stream: at most 20 lines and 4 kB. */
export interface TextTail {
  add(chunk: Buffer): void;
  /** The lines, without control characters and workflow commands of the runner (`##[…]`). */
  text(): string;
}

export function createTextTail(): TextTail {
  let kept = Buffer.alloc(0);
  let isCut = false;
  return {
    add(chunk) {
      isCut ||= kept.length + chunk.length > MAX_BYTES;
      kept = Buffer.concat([kept, chunk.subarray(-MAX_BYTES)]).subarray(-MAX_BYTES);
    },
    text() {
      const lines = kept.toString('utf8').trimEnd().split(/\r?\n/);
      // The first line is cut off; it is kept only if there is no other.
      if (isCut && lines.length > 1) lines.shift();
      const last = lines.slice(-MAX_LINES).map((line) => line.slice(line.lastIndexOf('\r') + 1));
      return last.map((line) => clean(line)).join('\n');
    },
  };
}

function clean(line: string): string {
  return (
    stripVTControlCharacters(line)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is to go
      .replace(/[\u0000-\u0008\u000a-\u001f\u007f]/g, '')
      .replaceAll('##[', '## [')
  );
}
