import { arch, cpus, platform, release } from 'node:os';

/** Seconds of processor time that this process has used, all threads together. */
export function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** This machine as a run records it. */
export function readEnvironment(): { readonly node: string; readonly os: string; readonly cpu: string } {
  return {
    node: process.version,
    os: `${platform()} ${release()} ${arch()}`.slice(0, 200),
    cpu: (cpus()[0]?.model.trim() || 'unknown').slice(0, 200),
  };
}
