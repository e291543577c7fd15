import { z } from 'zod';
import type { Verdict } from '../../comparison/verdict.ts';
import { ConfigError } from '../../errors/app-error.ts';
import type { CommandPorts } from '../ports.ts';

/** What of a report is looked at. */
const reportSchema = z.looseObject({
  head: z.looseObject({ sha: z.string().nullable(), dirty: z.boolean() }),
  verdict: z.custom<Verdict>((value) => typeof value === 'object').nullable(),
});

const NEXT = 'run `mlops pipeline` at the commit that was judged: models are the same to the last bit everywhere';

/**
 * The verdict on the commit that is checked out.
 *
 * @param file the report, relative to the project.
 * @throws ConfigError when there is no such report, or it is of something else.
 */
export async function readJudged(
  { files, change }: Pick<CommandPorts, 'files' | 'change'>,
  file: string,
): Promise<{ readonly verdict: Verdict; readonly sha: string }> {
  if (!(await files.exists(file))) throw new ConfigError({ file, message: 'there is no report', next: NEXT });
  const parsed = reportSchema.safeParse(parsedJson(await files.read(file)));
  if (!parsed.success || !parsed.data.verdict)
    throw new ConfigError({ file, message: 'is not the report of a verdict', next: NEXT });
  const { head, verdict } = parsed.data;
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
      message: `is about commit ${head.sha.slice(0, 7)}`,
      found: `HEAD is ${sha?.slice(0, 7) ?? 'no commit'}`,
      next: NEXT,
    });
  }
  return { verdict, sha: head.sha };
}

function parsedJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
