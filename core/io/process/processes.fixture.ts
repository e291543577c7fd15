import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until the condition holds, however slow the machine. Gives up after 50 seconds and says what did not happen. */
export async function waitUntil(condition: () => boolean, what: string): Promise<void> {
  const start = performance.now();
  while (!condition()) {
    if (performance.now() - start > 50_000) throw new Error(`still not so: ${what}`);
    await sleep(20);
  }
}

/** The id in a file that another process writes. 0 and negative numbers would mean groups of processes. */
export function readPid(file: string): number {
  const text = readFileSync(file, 'utf8');
  if (!/^[1-9]\d*$/.test(text)) throw new Error(`${file} holds no id of a process: ${JSON.stringify(text)}`);
  return Number(text);
}

/** Whether a process with this id exists and is no zombie. */
export function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid < 1) throw new Error(`${pid} is not the id of a process`);
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const status = `/proc/${pid}/status`;
  try {
    return !existsSync(status) || !/^State:\s+Z/m.test(readFileSync(status, 'utf8'));
  } catch {
    return false; // It ended since.
  }
}

/** JavaScript that writes a file in one step, so that nobody finds it without its content. */
export function writeWhole(file: string, content: string): string {
  const path = JSON.stringify(file);
  return `require('fs').writeFileSync(${path} + '.part', ${content}); require('fs').renameSync(${path} + '.part', ${path});`;
}
