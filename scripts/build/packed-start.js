#!/usr/bin/env node
// The `mlops` of the package: the bundle, with its compiled code kept for the next start (Node 22 and later).
import module from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';

try {
  // A folder of the user's own, not the shared one that is the default: nobody else's code may get in.
  const caches = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  module.enableCompileCache?.(join(caches, 'mlops-action', 'compiled'));
} catch {
  // Without a home folder the start is a little slower, that is all.
}
await import('./mlops.js');
