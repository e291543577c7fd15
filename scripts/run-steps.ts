import type { Step } from './ci-steps.ts';

/** How one step ended. `stopped`: it was running when another failed. `not run`: it had not started then. */
export interface StepResult {
  readonly run: string;
  readonly outcome: 'passed' | 'failed' | 'stopped' | 'not run';
  readonly seconds: number;
}

/** Runs a command to its end; true when it succeeded. `signal` tells it to end early. */
export type Execute = (run: string, signal: AbortSignal) => Promise<boolean>;

/**
 * Runs steps in lanes beside each other, those that take longest first. No two that build run at the same time. After the
 * first failure nothing else starts, and what runs is told to stop.
 *
 * @returns one result per step, in the order in which they ended.
 */
export async function runSteps(steps: readonly Step[], lanes: number, execute: Execute): Promise<StepResult[]> {
  const waiting = [...steps].sort((a, b) => b.cpuSeconds - a.cpuSeconds);
  const results: StepResult[] = [];
  const failure = new AbortController();
  const running = new Map<Step, Promise<void>>();

  const start = async (step: Step) => {
    const begun = performance.now();
    const isGood = await execute(step.run, failure.signal);
    const isStopped = !isGood && failure.signal.aborted;
    results.push({
      run: step.run,
      outcome: isGood ? 'passed' : isStopped ? 'stopped' : 'failed',
      seconds: (performance.now() - begun) / 1000,
    });
    running.delete(step);
    if (!isGood) failure.abort();
  };

  for (;;) {
    while (running.size < lanes && !failure.signal.aborted) {
      const isBuilding = [...running.keys()].some(({ builds }) => builds);
      const next = waiting.findIndex(({ builds }) => !(builds && isBuilding));
      if (next < 0) break;
      const [step] = waiting.splice(next, 1) as [Step];
      running.set(step, start(step));
    }
    if (running.size === 0) break;
    await Promise.race(running.values());
  }
  return [...results, ...waiting.map(({ run }): StepResult => ({ run, outcome: 'not run', seconds: 0 }))];
}

/** The time of each step, what failed, and a closing line "N passed, N failed". */
export function summaryOf(results: readonly StepResult[]): string {
  const count = (outcome: StepResult['outcome']) => results.filter((result) => result.outcome === outcome).length;
  const failed = results.filter(({ outcome }) => outcome === 'failed').map(({ run }) => run);
  return [
    ...results.map(({ run, outcome, seconds }) => `${outcome.padEnd(8)}${seconds.toFixed(0).padStart(5)} s  ${run}`),
    ...(failed.length > 0 ? ['', `failed: ${failed.join(', ')}`] : []),
    '',
    `${count('passed')} passed, ${count('failed')} failed`,
    '',
  ].join('\n');
}
