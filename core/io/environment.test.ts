import { describe, expect, it } from 'vitest';
import { runSchema } from '../tracking/run.ts';
import { readEnvironment } from './environment.ts';

describe('readEnvironment', () => {
  it('tells what a run records of the machine', () => {
    const environment = readEnvironment();
    expect(environment.node).toBe(process.version);
    const { success } = runSchema.shape.environment.safeParse({ version: '0.1.0', threads: 1, ...environment });
    expect(success).toBe(true);
    for (const part of Object.values(environment)) expect(part).toMatch(/\S/);
  });
});
