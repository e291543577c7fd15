import { AppError, formatProblem } from '../core/errors/app-error.ts';
import { EXIT } from '../core/errors/exit-codes.ts';
import { printableLines } from '../core/report/printable.ts';
import { readSettings } from './settings.ts';
import { startBot } from './start.ts';

/** Runs the App until it is told to end. */
export async function main(env: NodeJS.ProcessEnv): Promise<void> {
  try {
    const bot = await startBot(readSettings(env));
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void bot.stop());
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    console.error(printableLines(error.problems.map(formatProblem).join('\n')));
    process.exitCode = EXIT.usage;
  }
}
