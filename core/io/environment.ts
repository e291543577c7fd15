import { arch, cpus, platform, release } from 'node:os';

/** This machine as a run records it. */
export function readEnvironment(): { readonly node: string; readonly os: string; readonly cpu: string } {
  return {
    node: process.version,
    os: `${platform()} ${release()} ${arch()}`.slice(0, 200),
    cpu: (cpus()[0]?.model.trim() || 'unknown').slice(0, 200),
  };
}
