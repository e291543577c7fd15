import { afterAll, describe, it } from 'vitest';
import { modelContract } from './contract/model.contract.ts';
import { closePools, createSubject } from './contract/subject.fixture.ts';
import { models } from './index.ts';

/** Every model for every task it has; one that is not fitted here would be filtered out by what it declares. */
const subjects = models.all.flatMap((plugin) => plugin.tasks.map((task) => createSubject(plugin, task)));

afterAll(closePools);

describe.each(subjects)('$plugin.id for $task', (subject) => {
  for (const { title, concerns, run } of modelContract) {
    if (concerns && !concerns(subject)) continue;
    it(title, async ({ skip }) => {
      const reason = await run(subject);
      if (reason) skip(reason);
    });
  }
});
