import { describe, expect, it } from 'vitest';
import type { Step } from './ci-steps.ts';
import { runSteps, summaryOf } from './run-steps.ts';

const step = (run: string, cpuSeconds: number, builds = false): Step => ({ run, cpuSeconds, builds });

/** Steps that end when they are told to, and what was running at each start. */
function stage() {
  const ends = new Map<string, (isGood: boolean) => void>();
  const starts: string[] = [];
  return {
    starts,
    execute: (run: string, signal: AbortSignal) => {
      starts.push([run, ...ends.keys()].join(' beside '));
      return new Promise<boolean>((done) => {
        const end = (isGood: boolean) => {
          ends.delete(run);
          done(isGood);
        };
        ends.set(run, end);
        signal.addEventListener('abort', () => ends.get(run)?.(false));
      });
    },
    async end(run: string, isGood = true) {
      ends.get(run)!(isGood);
      await new Promise((done) => setImmediate(done));
    },
  };
}

const outcomes = (results: Awaited<ReturnType<typeof runSteps>>) =>
  results.map(({ run, outcome }) => `${run} ${outcome}`);

describe('runSteps', () => {
  it('starts the longest first, as many at a time as there are lanes', async () => {
    const { starts, execute, end } = stage();
    const done = runSteps([step('short', 1), step('long', 9), step('middle', 5)], 2, execute);
    expect(starts).toEqual(['long', 'middle beside long']);
    await end('long');
    expect(starts.at(-1)).toBe('short beside middle');
    await end('short');
    await end('middle');
    expect(outcomes(await done)).toEqual(['long passed', 'short passed', 'middle passed']);
  });

  it('never runs two steps that build at a time', async () => {
    const { starts, execute, end } = stage();
    const done = runSteps([step('pack', 9, true), step('dist', 5, true), step('check', 1)], 3, execute);
    expect(starts).toEqual(['pack', 'check beside pack']);
    await end('check');
    expect(starts).toHaveLength(2);
    await end('pack');
    expect(starts.at(-1)).toBe('dist');
    await end('dist');
    expect(outcomes(await done)).toEqual(['check passed', 'pack passed', 'dist passed']);
  });

  it('stops at the first failure', async () => {
    const { starts, execute, end } = stage();
    const done = runSteps([step('a', 9), step('b', 5), step('c', 1)], 2, execute);
    await end('b', false);
    expect(starts).toHaveLength(2);
    expect(outcomes(await done)).toEqual(['b failed', 'a stopped', 'c not run']);
  });
});

describe('summaryOf', () => {
  it('ends with what passed and failed', () => {
    const results = [
      { run: 'npm test', outcome: 'passed', seconds: 70.4 },
      { run: 'npm run check', outcome: 'failed', seconds: 12.6 },
      { run: 'npm run test:git', outcome: 'not run', seconds: 0 },
    ] as const;
    expect(summaryOf(results).split('\n')).toEqual([
      'passed     70 s  npm test',
      'failed     13 s  npm run check',
      'not run     0 s  npm run test:git',
      '',
      'failed: npm run check',
      '',
      '1 passed, 1 failed',
      '',
    ]);
  });
});
