import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import type { CommitTree } from '../../core/ports/commit-tree.ts';
import { GithubError } from '../../github/github-error.ts';

const FOLDER = '.github/workflows/';
const MAX_BYTES = 500_000;
/** The input of the workflow that takes a request. */
export const INPUT = 'retrain';

const workflow = z.object({
  on: z.object({ workflow_dispatch: z.object({ inputs: z.record(z.string(), z.unknown()) }) }),
});

/**
 * The workflow of a commit that takes requests: the one with the input `retrain`.
 *
 * @returns the name of its file.
 * @throws GithubError when there is none, or more than one.
 */
export async function retrainWorkflow(commit: CommitTree): Promise<string> {
  const paths = [...(await commit.entries()).keys()].filter(
    (path) => path.startsWith(FOLDER) && /^[^/]+\.ya?ml$/.test(path.slice(FOLDER.length)),
  );
  const files = await commit.read(paths, MAX_BYTES);
  const found = paths.filter((path) => {
    const content = files.get(path);
    return content?.kind === 'file' && takesRequests(new TextDecoder().decode(content.bytes));
  });
  if (found.length === 1) return found[0]!.slice(FOLDER.length);
  throw new GithubError({
    message: `${found.length === 0 ? 'no workflow' : 'more than one workflow'} of the default branch can be started by /retrain`,
    found: found.join(', ') || 'none',
    allowed: `one workflow that has \`workflow_dispatch\` with the input \`${INPUT}\``,
    next:
      found.length === 0
        ? 'add the lines under "/retrain" of docs/app.md to the workflow that trains'
        : 'take the input out of all but one',
  });
}

function takesRequests(text: string): boolean {
  try {
    const parsed = workflow.safeParse(parseYaml(text, { maxAliasCount: 100 }));
    return parsed.success && Object.hasOwn(parsed.data.on.workflow_dispatch.inputs, INPUT);
  } catch {
    return false;
  }
}
