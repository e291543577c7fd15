import type { Probot } from 'probot';

/** Failed deliveries that are looked at, and that are asked for again, in one sweep. */
const LISTED = 100;
const MOST_ASKED = 20;
/** GitHub delivers nothing again that is older. */
const OLDEST_MS = 3 * 86_400_000;
/** Times that a delivery may have failed: what is refused each time is not asked for for ever. */
const MOST_FAILURES = 4;

/**
 * Asks GitHub to deliver again what it could not deliver, as when the App was down. What comes again bears the same number, so it is
 * worked off once.
 *
 * @param isKept whether a delivery was taken all the same.
 * @returns how many were asked for.
 */
export async function askForMissed(
  app: Pick<Probot, 'auth'>,
  isKept: (guid: string) => boolean,
  now: number,
): Promise<number> {
  const octokit = await app.auth();
  const { data } = await octokit.rest.apps.listWebhookDeliveries({ per_page: LISTED, status: 'failure' });
  const failures = Map.groupBy(data, ({ guid }) => guid);
  const missed = [...failures.values()]
    .filter((tries) => tries.length <= MOST_FAILURES)
    .map(([newest]) => newest!)
    .filter(({ guid, delivered_at: at }) => !isKept(guid) && now - Date.parse(at) < OLDEST_MS)
    .slice(0, MOST_ASKED);
  for (const { id } of missed) await octokit.rest.apps.redeliverWebhookDelivery({ delivery_id: id });
  return missed.length;
}
