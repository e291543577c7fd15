import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const module = JSON.stringify(fileURLToPath(new URL('interruption.ts', import.meta.url)));

/** Runs a script that watches, sends it signals one after the other, each when it has said something, and tells how it ended. */
async function ended(script: string, signals: readonly NodeJS.Signals[]) {
  const source = `const { createInterruption } = await import(${module}); const it = createInterruption(); ${script}`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', source]);
  const left = [...signals];
  let said = '';
  child.stdout.on('data', (part) => {
    said += String(part);
    const signal = left.shift();
    if (signal) child.kill(signal);
  });
  return new Promise<{ code: number | null; signal: string | null; said: string }>((done) =>
    child.on('close', (code, signal) => done({ code, signal, said })),
  );
}

const WAIT = `const wait = setInterval(() => { if (signal.aborted) { clearInterval(wait); END } }, 5); console.log('on');`;

it.each(['SIGINT', 'SIGTERM'] as const)('a process that watches goes on after %s, and is told', async (signal) => {
  const script = `const signal = it.watch(); ${WAIT.replace('END', "console.log('told'); it.forget();")}`;
  expect(await ended(script, [signal])).toEqual({ code: 0, signal: null, said: 'on\ntold\n' });
});

it('the second signal ends it', async () => {
  const script = `const signal = it.watch(); ${WAIT.replace('END', "console.log('told'); setInterval(() => {}, 1000);")}`;
  expect(await ended(script, ['SIGINT', 'SIGINT'])).toEqual({ code: null, signal: 'SIGINT', said: 'on\ntold\n' });
});

it('a process that does not watch ends as ever', async () => {
  const script = "setInterval(() => {}, 1000); console.log('on');";
  expect(await ended(script, ['SIGINT'])).toMatchObject({ code: null, signal: 'SIGINT' });
});
