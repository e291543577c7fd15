import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { README_STEPS, STEPS } from './ci-steps.ts';
import { type Execute, runSteps, summaryOf } from './run-steps.ts';

/**
 * Runs all steps of CI on one machine: first the two commands of the README, then the others, two at a time. The output of
 * a step is printed when it ends, so that outputs do not mix. `npm run ci`; `.ci/run` installs first.
 */
const LANES = 2;
const root = fileURLToPath(new URL('..', import.meta.url));
const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interrupted.abort());

const execute: Execute = (run, failure) =>
  new Promise((done) => {
    if (interrupted.signal.aborted) return done(false);
    process.stdout.write(`started  ${run}\n`);
    const begun = performance.now();
    const output: Buffer[] = [];
    const child = spawn('bash', ['-c', run], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => output.push(chunk));
    const kill = (signal: NodeJS.Signals) => {
      if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
        process.kill(-child.pid, signal);
    };
    const stop = () => {
      kill('SIGTERM');
      setTimeout(() => kill('SIGKILL'), 10_000).unref();
    };
    const signals = [failure, interrupted.signal];
    for (const signal of signals) signal.addEventListener('abort', stop);
    const finish = (isGood: boolean, how: string) => {
      for (const signal of signals) signal.removeEventListener('abort', stop);
      const seconds = ((performance.now() - begun) / 1000).toFixed(0);
      process.stdout.write(`\n──── ${run}\n${Buffer.concat(output)}──── ${run}: ${how} after ${seconds} s\n\n`);
      done(isGood);
    };
    child.once('error', (error) => finish(false, `could not start (${error.message})`));
    child.once('close', (code, signal) => finish(code === 0, code === 0 ? 'passed' : `failed (${signal ?? code})`));
  });

const first = await runSteps(README_STEPS, 1, execute);
const isGood = first.every(({ outcome }) => outcome === 'passed');
const others = isGood
  ? await runSteps(STEPS, LANES, execute)
  : STEPS.map(({ run }) => ({ run, outcome: 'not run', seconds: 0 }) as const);
const results = [...first, ...others];
process.stdout.write(summaryOf(results));
process.exitCode = results.every(({ outcome }) => outcome === 'passed') ? 0 : 1;
