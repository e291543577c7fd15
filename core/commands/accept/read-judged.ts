import type { Verdict } from '../../comparison/verdict.ts';
import { ConfigError } from '../../errors/app-error.ts';
import { shortSha } from '../../records/short-sha.ts';
import { readReport } from '../../report/report-file.ts';
import type { Report } from '../../report/report-schema.ts';
import type { CommandPorts } from '../ports.ts';

const NEXT = 'run `mlops pipeline` at the commit that was judged: models are the same to the last bit everywhere';

/** What a report judged, and how a comment accepts it. */
interface Judged {
  readonly verdict: Verdict;
  /** The commit that the comment names. */
  readonly sha: string;
  /** Absent in a report of this machine. */
  readonly accepting: Report['accepting'];
}

/**
 * The verdict on the commit that is checked out, or that a job judged.
 *
 * @param file the report, relative to the project.
 * @throws ConfigError when there is no such report, or it is of something else.
 */
export async function readJudged(
  { files, change }: Pick<CommandPorts, 'files' | 'change'>,
  file: string,
): Promise<Judged> {
  if (!(await files.exists(file))) throw new ConfigError({ file, message: 'there is no report', next: NEXT });
  const { head, verdict, accepting } = readReport(new TextDecoder().decode(await files.read(file)), file);
  if (!verdict) throw new ConfigError({ file, message: 'nothing was judged in this report', next: NEXT });
  if (accepting && accepting.sha !== null) return { verdict, sha: accepting.sha, accepting };
  const { sha } = await change.head();
  if (head.sha === null || head.dirty) {
    throw new ConfigError({
      file,
      message: 'is about changes that were not committed',
      next: `commit them, then ${NEXT}`,
    });
  }
  if (head.sha !== sha) {
    throw new ConfigError({
      file,
      message: `is about commit ${shortSha(head.sha)}`,
      found: `HEAD is ${sha === null ? 'no commit' : shortSha(sha)}`,
      next: NEXT,
    });
  }
  return { verdict, sha: head.sha, accepting: undefined };
}
