import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const manifest = parse(readFileSync(new URL('../app.yml', import.meta.url), 'utf8'));

describe('app.yml', () => {
  it('asks for nothing that writes files', () => {
    expect(manifest.default_permissions).toEqual({
      actions: 'write',
      checks: 'write',
      contents: 'read',
      issues: 'write',
      merge_queues: 'read',
      metadata: 'read',
      pull_requests: 'write',
    });
  });

  it('has the events that the App listens to', () => {
    const source = readFileSync(new URL('app.ts', import.meta.url), 'utf8');
    const heard = [...source.matchAll(/'(\w+)\.\w+'/g)].map(([, event]) => event);
    expect([...new Set(heard)].sort()).toEqual(manifest.default_events);
  });
});
