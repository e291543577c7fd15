import * as core from '@actions/core';
import type { Log } from '../core/ports/log.ts';
import { printableLines } from '../core/report/printable.ts';
import type { Markdown } from '../core/report/to-markdown.ts';

/** What a job prints. Whatever it holds, it is text: all that is printed goes through `toLog`. */
export const workflowLog: Log & { fail(message: string): void } = {
  info: (message) => core.info(toLog(message)),
  warn: (message) => core.warning(toLog(message)),
  debug: (message) => core.debug(toLog(message)),
  progress(label, done, total, ended) {
    if (done === total) core.info(toLog(`${label}: ${ended}`));
  },
  /** The last word of a step, as an annotation; the step fails. */
  fail: (message) => core.setFailed(toLog(message)),
};

/** Adds to what the page of the workflow run shows. */
export async function writeSummary(text: Markdown): Promise<void> {
  await core.summary.addRaw(text, true).write();
}

/** Text in which the runner finds no command: it looks for `::` where a line begins, and for `##[` anywhere. */
export function toLog(text: string): string {
  return printableLines(text)
    .replace(/^(\s*):(?=:)/gm, '$1: ')
    .replaceAll('##[', '## [');
}
