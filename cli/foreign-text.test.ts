import { describe, expect, it } from 'vitest';
import { main } from './main.ts';
import { createTerminalLog } from './terminal-log.ts';

const RED = '\u001b[31m';

/** A stream, and what was written to it. */
function aStream(isTTY = false) {
  const written: string[] = [];
  return { isTTY, written, write: (text: string) => written.push(text) };
}

describe('a terminal is shown control characters of other people, and does not act on them', () => {
  it('in messages and progress', () => {
    const stream = aStream(true);
    const log = createTerminalLog(stream, { quiet: false, verbose: true });
    log.warn(`column "${RED}a" is empty\nsee above`);
    log.debug(RED);
    log.progress(`${RED}a\n`, 1, 2, 'trained');
    expect(stream.written).toEqual([
      'warning: column "␛[31ma" is empty\nsee above\n',
      'debug: ␛[31m\n',
      '␛[31ma : 1/2',
    ]);
  });

  it('in errors, and in JSON, which means the same', async () => {
    const [stdout, stderr] = [aStream(), aStream()];
    await main(['runs', 'list', `--${RED}\u009b`, '--json'], { cwd: '/', stdout, stderr });
    expect(stderr.written.join('')).toContain("unknown option '--␛[31m<U+009B>'");
    expect(stdout.written.join('')).toContain('\\u001b[31m\\u009b');
    expect(JSON.parse(stdout.written.join('')).errors[0].message).toContain(`--${RED}\u009b`);
  });
});
