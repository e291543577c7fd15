import { square } from '../stats/elementary.ts';
import { float, int, type SearchSpace } from './distribution.ts';
import type { JournalFile } from './journal/journal-file.ts';
import type { StudyIdentity } from './journal/read-journal.ts';
import { pruners } from './pruners/index.ts';
import { samplers } from './samplers/index.ts';
import { openStudy, type Study } from './study.ts';

const SPACE: SearchSpace = { x: float(-4, 4), depth: int(1, 9) };

export const IDENTITY: StudyIdentity = {
  name: 'churn random_forest',
  direction: 'minimize',
  space: SPACE,
  setting: { metric: 'rmse', table: 'abc' },
};

export function memoryJournal(text = ''): JournalFile & { text: string } {
  return {
    path: 'study.journal',
    text,
    async read() {
      return this.text;
    },
    async append(more) {
      this.text += more;
    },
  };
}

/** A study of `SPACE`; `x: 3` is current, and `depth` is not in the space. */
export function someStudy(
  journal: JournalFile,
  changes: { readonly identity?: Partial<StudyIdentity> } = {},
): Promise<Study> {
  return openStudy({
    identity: { ...IDENTITY, ...changes.identity },
    sampler: samplers.get('tpe'),
    pruner: pruners.get('median'),
    seed: 7,
    metric: 'rmse',
    current: { x: 3, depth: null, other: true },
    journal,
    worker: 'mlops-test',
    now: () => new Date('2026-11-29T12:00:00Z'),
  });
}

/** Runs trials until the study has so many. The loss is lowest at x = 1. */
export async function runTrials(study: Study, n: number): Promise<void> {
  while (study.nEnded < n) {
    const trial = (await study.ask())!;
    const value = square((trial.params.x as number) - 1);
    const isPruned = await study.report(trial, 10, value + 1);
    await study.tell(trial, isPruned ? { state: 'pruned' } : { state: 'complete', value });
  }
}
