import { readFileSync } from 'node:fs';

/**
 * Bytes of this process in memory: now, and at most since it started. On Linux from /proc, since the peak that
 * `getrusage` tells includes what the process held that started this one.
 */
export function memoryUse(): { readonly now: number; readonly peak: number } {
  if (process.platform !== 'linux')
    return { now: process.memoryUsage.rss(), peak: process.resourceUsage().maxRSS * 1024 };
  const status = readFileSync('/proc/self/status', 'utf8');
  const kibibytes = (name: string) => Number(new RegExp(`^${name}:\\s*(\\d+) kB`, 'm').exec(status)![1]);
  return { now: kibibytes('VmRSS') * 1024, peak: kibibytes('VmHWM') * 1024 };
}
