import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import type { BlobContent, CommitTree } from '../core/ports/commit-tree.ts';
import type { JobContext } from './context.ts';

const FOLDER = '.github/workflows/';
const MAX_BYTES = 500_000;

const workflowSchema = z.object({
  on: z.union([z.string(), z.array(z.string()), z.record(z.string(), z.unknown())]),
  jobs: z.record(z.string(), z.object({ name: z.string().optional(), strategy: z.unknown().optional() })),
});
type Workflow = z.infer<typeof workflowSchema>;

/**
 * Whether nobody can take the check of this job for that of a pull request: nothing but a person starts its workflow, and no other workflow
 * of the commit has a job of that name. Checks belong to commits, and branch rules know them by their names.
 *
 * @returns false where that is not known.
 */
export async function hasCheckOfItsOwn(
  { workflow, job }: Pick<JobContext, 'workflow' | 'job'>,
  commit: CommitTree,
): Promise<boolean> {
  const paths = [...(await commit.entries()).keys()].filter((path) => path.startsWith(FOLDER) && /\.ya?ml$/.test(path));
  const files = await commit.read(paths, MAX_BYTES);
  const own = workflowIn(files.get(workflow));
  if (!own || eventsOf(own).join() !== 'workflow_dispatch') return false;
  const name = checkName(own, job);
  const others = paths.filter((path) => path !== workflow).map((path) => workflowIn(files.get(path)));
  return name !== undefined && others.every((other) => other !== undefined && !namesIn(other).includes(name));
}

function workflowIn(content: BlobContent | undefined): Workflow | undefined {
  if (content?.kind !== 'file') return undefined;
  try {
    return workflowSchema.safeParse(parseYaml(new TextDecoder().decode(content.bytes), { maxAliasCount: 100 })).data;
  } catch {
    return undefined;
  }
}

function eventsOf({ on }: Workflow): readonly string[] {
  if (typeof on === 'string') return [on];
  return Array.isArray(on) ? on : Object.keys(on);
}

/** Undefined where the name is made while the job runs: of an expression, or of a matrix. */
function checkName({ jobs }: Workflow, id: string): string | undefined {
  const job = Object.hasOwn(jobs, id) ? jobs[id] : undefined;
  if (!job || job.strategy !== undefined || job.name?.includes('${{')) return undefined;
  return (job.name ?? id).toLowerCase();
}

/** Names and ids. */
function namesIn({ jobs }: Workflow): string[] {
  return Object.entries(jobs).flatMap(([id, { name }]) => [
    id.toLowerCase(),
    ...(name === undefined ? [] : [name.toLowerCase()]),
  ]);
}
