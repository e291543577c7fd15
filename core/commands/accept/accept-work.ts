import { z } from 'zod';
import { nameOf, openPoints, statedBy } from '../../comparison/accept.ts';
import type { Verdict } from '../../comparison/verdict.ts';
import { ConfigError } from '../../errors/app-error.ts';
import { shortSha } from '../../records/short-sha.ts';
import { suggest } from '../../registry/suggest.ts';
import { plural } from '../../report/numbers.ts';
import { printable } from '../../report/printable.ts';
import type { Acceptance } from '../../tracking/acceptance.ts';
import type { Outcome } from '../command.ts';
import { DEFAULT_RUNS_BRANCH } from '../options.ts';
import type { CommandPorts } from '../ports.ts';
import { readProjectIfThere } from '../read-project.ts';
import { acceptanceId, withoutAddress } from './acceptance-record.ts';
import { readJudged } from './read-judged.ts';

export const result = z.strictObject({
  gate: z.string(),
  /** The commit. */
  sha: z.string(),
  by: z.string(),
  because: z.string(),
  /** How many gates have this name. */
  accepted: z.int(),
  /** Where others see it; null: on this machine only. */
  recordedOn: z.string().nullable(),
});
type Result = z.infer<typeof result>;

interface Options {
  readonly gate: string;
  readonly because: string;
  readonly report: string;
  readonly local: boolean;
}

/** Records that a gate which does not hold is accepted, for the commit and the value that were judged. */
export async function run(ports: CommandPorts, { gate, because, report, local }: Options): Promise<Outcome<Result>> {
  const project = await readProjectIfThere(ports);
  const { verdict, sha } = await readJudged(ports, report);
  const by = withoutAddress(await ports.who());
  const acceptances = pointsOf(verdict, gate).map((point): Acceptance => {
    const at = ports.now().toISOString();
    return { schema: 1, id: acceptanceId(at, ports.nonce()), ...statedBy(point), sha, by, at, because };
  });
  await ports.acceptances.put(acceptances);
  const shared = local ? undefined : await ports.acceptancesOfBranch(project?.tracking.branch ?? DEFAULT_RUNS_BRANCH);
  await shared?.put(acceptances);
  return {
    result: { gate, sha, by, because, accepted: acceptances.length, recordedOn: shared?.description ?? null },
    files: [],
    warnings: [],
  };
}

/** The gates of this name that do not hold. */
function pointsOf(verdict: Verdict, gate: string): ReturnType<typeof openPoints> {
  const open = openPoints(verdict);
  const found = open.filter((point) => nameOf(point) === gate);
  if (found.length > 0) return found;
  const names = [...new Set(open.map(nameOf))];
  const renamed = gate.replace(/\.data$/, '.evaluation');
  const near = names.includes(renamed) ? renamed : suggest(gate, names);
  throw new ConfigError({
    place: 'mlops accept',
    message: `no gate "${gate}" fails or is open in this report`,
    allowed: names.join(', ') || 'nothing: every gate holds',
    ...(near && { next: `did you mean "${near}"?` }),
  });
}

export function terminal({ result: { gate, sha, accepted, recordedOn } }: Outcome<Result>): string {
  const where = recordedOn === null ? 'on this machine only' : `on ${recordedOn}`;
  return `${plural(accepted, 'gate')} accepted for ${shortSha(sha)}, recorded ${printable(`${where}: ${gate}`)}\n`;
}

export const next = () => 'mlops compare';
