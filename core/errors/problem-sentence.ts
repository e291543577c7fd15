import type { AppError } from './app-error.ts';

/** The first problem of an error in one line, for a warning: the file, what is wrong, what to do next. */
export function problemSentence({ problems }: AppError): string {
  const { file, message, next } = problems[0]!;
  return `${file === undefined ? '' : `\`${file}\`: `}${message}${next === undefined ? '' : `; ${next}`}`;
}
