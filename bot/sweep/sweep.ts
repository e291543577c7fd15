import type { Probot } from 'probot';
import type { Deliveries } from '../deliveries.ts';
import { updateGate } from '../gate/gate.ts';
import type { Installations, Origin } from '../installation.ts';
import { askForMissed } from './missed-deliveries.ts';
import { staleGates } from './stale-gates.ts';

/** Repositories of one sweep, those first that were heard of last. */
const MOST_REPOSITORIES = 50;
const PREFIX = 'origin ';

/** Remembers where a delivery came from: repositories are swept that something was heard of. */
export function noteOrigin(deliveries: Pick<Deliveries, 'note'>, payload: unknown): void {
  const { installation, repository } = payload as Partial<Origin>;
  if (!installation?.id || !repository?.id || !repository.owner?.login) return;
  const { id, name, owner } = repository;
  const origin: Origin = {
    installation: { id: installation.id },
    repository: { id, name, owner: { login: owner.login } },
  };
  deliveries.note(`${PREFIX}${id}`, JSON.stringify(origin));
}

/**
 * Finds what no delivery told: asks GitHub for those that failed, and brings checks up to date that should have changed. One that
 * fails does not stop the others.
 *
 * @param options.failed is told what failed; the next sweep tries again.
 */
export async function sweep(options: {
  readonly app: Pick<Probot, 'auth'>;
  readonly deliveries: Pick<Deliveries, 'has' | 'notesUnder'>;
  readonly installations: Pick<Installations, 'forGate'>;
  readonly now: () => number;
  readonly failed: (what: string, error: unknown) => void;
}): Promise<void> {
  const { app, deliveries, installations, now, failed } = options;
  const attempt = async (what: string, work: () => Promise<unknown>) => {
    try {
      await work();
    } catch (error) {
      failed(what, error);
    }
  };
  await attempt('asking for failed deliveries', () => askForMissed(app, deliveries.has, now()));
  for (const note of deliveries.notesUnder(PREFIX, MOST_REPOSITORIES)) {
    const origin = JSON.parse(note) as Origin;
    const { name, owner } = origin.repository;
    await attempt(`sweeping ${owner.login}/${name}`, async () => {
      const world = await installations.forGate(origin);
      for (const sha of await staleGates(world, now())) {
        await attempt(`judging ${sha} of ${owner.login}/${name}`, () => updateGate(world, sha));
      }
    });
  }
}
