import { afterAll, describe, it } from 'vitest';
import { modelContract } from './contract/model.contract.ts';
import { closePools, createSubject } from './contract/subject.fixture.ts';
import { models } from './index.ts';
import type { ModelPlugin } from './model.ts';

/** The contract is about models that are fitted here; one that is trained outside is left out by what it declares. */
const isFittedHere = (_plugin: ModelPlugin): boolean => true;

const subjects = models.all
  .filter(isFittedHere)
  .flatMap((plugin) => plugin.tasks.map((task) => createSubject(plugin, task)));

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
