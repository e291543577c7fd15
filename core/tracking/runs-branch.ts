import type { Run } from './run.ts';
import { formatRunFiles, holdsOther, idTaken } from './run-files.ts';

/** Who commits to the branch of runs; the address is GitHub's for those who have none. */
export const RUNS_AUTHOR = 'mlops-action <mlops-action@users.noreply.github.com>';

const README = `# Runs

This branch is the history of trained models. mlops-action writes it; nothing else should. It shares
no commit with the code and is not meant to be merged.

- One file per run, \`runs/<yyyy>/<mm>/<dd>/<id>.json\`: data, parameters, metrics and the commit that was trained.
- A file, once here, is never changed. Whoever alters one stops the comparisons that rest on it.
- No rows of data, no targets, no models and no e-mail addresses.

Read it with \`mlops runs list\`, or with git: \`git fetch --depth 1 origin runs\`.
`;

/** What one commit adds to the branch. */
interface RunsCommit {
  /** Path to text; none of the paths is there yet. */
  readonly files: ReadonlyMap<string, string>;
  readonly message: string;
}

/**
 * The commit that adds runs on top of a head of the branch, or undefined when all of them are there. After a lost race
 * it is to be asked again with what the new head has.
 *
 * @param kept texts of those of the runs' files that the head has, by path; undefined when there is no branch yet.
 * @throws StoreError when a run's id is taken by another content.
 */
export function planRunsCommit(
  runs: readonly Run[],
  kept: ReadonlyMap<string, string> | undefined,
): RunsCommit | undefined {
  const files = new Map<string, string>();
  for (const [path, text] of formatRunFiles(runs)) {
    const found = kept?.get(path);
    if (found !== undefined && holdsOther(found, text)) throw idTaken(path);
    if (found !== text) files.set(path, text);
  }
  if (files.size === 0) return undefined;
  const ids = Array.from(files.keys(), (path) => path.replace(/^.*\/|\.json$/g, ''));
  const message = ids.length === 1 ? `Record run ${ids[0]}\n` : `Record ${ids.length} runs\n\n${ids.join('\n')}\n`;
  if (!kept) files.set('README.md', README);
  return { files, message };
}
