import { expect, it } from 'vitest';
import type { SeenJob } from './team.fixture.ts';

declare module 'vitest' {
  interface TaskMeta {
    /** A test that tries to turn a failing change green. */
    attack?: boolean;
  }
}

/** What a person must see of the job that an attack is tried on. */
interface Refusal {
  readonly title: RegExp;
  /** Besides the title: what the summary says, such as the way out. */
  readonly says?: readonly (string | RegExp)[];
}

/**
 * A test that tries to turn a failing change green: the job must be red, say so in its title, and name the way out. The run of the
 * doors' tests ends with how many were tried.
 */
export function attack(title: string, refusal: Refusal, tried: () => Promise<SeenJob>): void {
  it(title, { meta: { attack: true } }, async () => {
    const job = await tried();
    expect(job.green, job.log).toBe(false);
    expect(job.title, job.log).toMatch(refusal.title);
    for (const said of refusal.says ?? []) {
      if (typeof said === 'string') expect(job.summary).toContain(said);
      else expect(job.summary).toMatch(said);
    }
  });
}
