import { styleText } from 'node:util';

/** What the demo prints, and what it expects. */
export interface Screen {
  scene(title: string): void;
  /** What somebody does. */
  does(sentence: string): void;
  /** Text as a person sees it, such as a comment. */
  shows(where: string, text: string): void;
  /** What has to be so. The demo fails when it is not. */
  expects(what: string, isSo: boolean): void;
  readonly failures: readonly string[];
  readonly held: number;
}

/** @param write gets text; colours are for terminals alone. */
export function createScreen(write: (text: string) => void, hasColour: boolean): Screen {
  const styled = (style: Parameters<typeof styleText>[0], text: string) =>
    hasColour ? styleText(style, text, { validateStream: false }) : text;
  const failures: string[] = [];
  let scenes = 0;
  let held = 0;
  return {
    scene(title) {
      const line = `${++scenes}. ${title}`;
      write(`\n${styled(['bold', 'cyan'], line)}\n${styled('cyan', '═'.repeat(line.length))}\n\n`);
    },
    does: (sentence) => write(`${styled('bold', '→')} ${sentence}\n`),
    shows(where, text) {
      // Nobody sees comments of HTML.
      const lines = text
        .replaceAll(/^<!--.*-->\n/gm, '')
        .trimEnd()
        .split('\n');
      write(`\n  ${styled('bold', where)}\n${lines.map((line) => `  ${styled('dim', '│')} ${line}\n`).join('')}\n`);
    },
    expects(what, isSo) {
      if (isSo) held++;
      else failures.push(what);
      write(`  ${isSo ? styled('green', '✔') : styled('red', '✘ not so:')} ${what}\n`);
    },
    failures,
    get held() {
      return held;
    },
  };
}
