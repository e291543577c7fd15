import { z } from 'zod';
import { acceptablePoints, lineFor, nameOf, type Point } from '../../comparison/accept.ts';
import { atValue } from '../../comparison/with-acceptances.ts';
import { acceptRoleSchema, rolesFrom } from '../../config/accept-role.ts';
import { ConfigError } from '../../errors/app-error.ts';
import { shortSha } from '../../records/short-sha.ts';
import { suggest } from '../../registry/suggest.ts';
import { plural } from '../../report/numbers.ts';
import { printable } from '../../report/printable.ts';
import type { Acceptance } from '../../tracking/acceptance.ts';
import type { Outcome } from '../command.ts';
import type { CommandPorts } from '../ports.ts';
import { readProjectIfThere } from '../read-project.ts';
import { acceptanceId, withoutAddress } from './acceptance-record.ts';
import { postComment } from './post-comment.ts';
import { readJudged } from './read-judged.ts';

export const result = z.strictObject({
  gate: z.string(),
  /** The commit. */
  sha: z.string(),
  by: z.string(),
  because: z.string(),
  /** How many gates have this name. */
  accepted: z.int(),
  /** Whether it is accepted on this machine: not by the report of a job. */
  isAcceptedHere: z.boolean(),
  /** The comment that accepts it on GitHub. */
  comment: z.string(),
  /** Where it was posted; null: it was not. */
  commentUrl: z.string().nullable(),
  /** The least role of its author. */
  role: acceptRoleSchema,
  /** The command that has GitHub judge again. */
  rerun: z.string(),
});
type Result = z.infer<typeof result>;

interface Options {
  readonly gate: string;
  readonly because: string;
  readonly report: string;
  readonly post: boolean;
}

/** Accepts a gate that does not hold, for the commit and the value that were judged: here, and in the words of a comment. */
export async function run(ports: CommandPorts, { gate, because, report, post }: Options): Promise<Outcome<Result>> {
  const project = await readProjectIfThere(ports);
  const { verdict, sha, accepting } = await readJudged(ports, report);
  const points = pointsOf(acceptablePoints(verdict), gate);
  const by = withoutAddress(await ports.who());
  const said = because.replaceAll(/\s+/g, ' ').trim();
  if (!accepting) {
    const acceptances = points.map((point): Acceptance => {
      const at = ports.now().toISOString();
      return { schema: 1, id: acceptanceId(at, ports.nonce()), ...atValue(point), sha, by, at, because: said };
    });
    await ports.acceptances.put(acceptances);
  }
  const comment = [...new Set(points.map((point) => lineFor(point, sha, said)))].join('\n');
  return {
    result: {
      ...{ gate, sha, by, because: said, accepted: points.length, isAcceptedHere: !accepting, comment },
      commentUrl: post ? await postComment(ports.processes, comment) : null,
      role: accepting?.role ?? project?.accept ?? 'maintain',
      rerun: accepting?.rerun ?? `gh run rerun <id of a run in \`gh run list --commit ${sha}\`> --failed`,
    },
    files: [],
    warnings: [],
  };
}

/** The gates of this name that do not hold. */
function pointsOf(open: readonly Point[], gate: string): readonly Point[] {
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

export function terminal({ result: found }: Outcome<Result>): string {
  const { gate, sha, accepted, isAcceptedHere, comment, commentUrl, role, rerun } = found;
  const here = `${plural(accepted, 'gate')} accepted for ${shortSha(sha)}, on this machine only: ${printable(gate)}\n\n`;
  const indented = comment.split('\n').map((line) => `  ${printable(line)}\n`);
  const roles = rolesFrom(role).join(' or ');
  const told =
    commentUrl === null
      ? `On GitHub, somebody with the role ${roles} comments this on the pull request:\n\n${indented.join('')}`
      : `Posted: ${printable(commentUrl)}. On GitHub it counts if you have the role ${roles}.\n`;
  return `${isAcceptedHere ? here : ''}${told}\nThen the failed jobs have to judge again:\n\n  ${rerun}\n`;
}

export const next = ({ result: { isAcceptedHere } }: Outcome<Result>) => (isAcceptedHere ? 'mlops compare' : undefined);
