import type { RecordContent, RecordFiles } from '../ports/record-files.ts';
import { checkPaths, planAddition } from './plan-addition.ts';
import { isRecordPath } from './record-path.ts';

/** Who commits to branches of records; the address is GitHub's for those who have none. */
export const RECORDS_AUTHOR = {
  name: 'mlops-action',
  email: 'mlops-action@users.noreply.github.com',
} as const;

const README = `# Runs

This branch is the history of trained models. mlops-action writes it; nothing else should. It shares
no commit with the code and is not meant to be merged.

- One file per run, \`runs/<yyyy>/<mm>/<dd>/<id>.json\`: data, parameters, metrics and the commit that was trained.
- One file per accepted gate, \`accepted/<yyyy>/<mm>/<id>.json\`.
- A file, once here, is never changed. Whoever alters one stops the comparisons that rest on it.
- No rows of data, no targets, no models and no e-mail addresses.

Read it with \`mlops runs list\`, or with git: \`git fetch --depth 1 origin runs\`.
`;

/** A branch as one commit has it. */
export interface BranchView {
  /** Undefined while there is no branch. */
  readonly head: string | undefined;
  /** The object id of every file, by path; null for what is no regular file. */
  tree(): Promise<ReadonlyMap<string, string | null>>;
  /** What these objects hold; undefined for those that are larger. */
  contents(objects: readonly string[], maxBytes: number): Promise<(Uint8Array | undefined)[]>;
}

/** What one commit holds or adds. */
export interface BranchContent {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly message: string;
}

/** A branch of a repository, read and written without a working tree. */
export interface RecordBranch {
  readonly description: string;
  /** What `use` makes of the newest head. It may be asked twice. */
  read<T>(use: (view: BranchView) => Promise<T>): Promise<T>;
  /** What `use` makes of the head that was read last: nothing newer is looked for. */
  reread<T>(use: (view: BranchView) => Promise<T>): Promise<T>;
  /**
   * Commits what `plan` makes of the newest head, or nothing where that is undefined. It may be asked several times: when another
   * writer was faster, the commit is built again on top of that one. A branch that does not exist begins with this commit.
   *
   * @throws StoreError when the repository refuses, cannot be reached, or stays too busy.
   */
  commit(plan: (view: BranchView) => Promise<BranchContent | undefined>): Promise<void>;
}

/** Records on a branch: one commit per addition. */
export function createBranchRecordFiles(branch: RecordBranch): RecordFiles {
  /** What `list` saw last. */
  let seen: ReadonlyMap<string, string | null> = new Map();
  return {
    description: branch.description,
    async list(folder) {
      seen = await branch.read((view) => view.tree());
      return Array.from(seen, ([path, object]) => ({ path, stamp: object ?? 'not a file' })).filter(({ path }) =>
        path.startsWith(`${folder}/`),
      );
    },
    async read(paths, maxBytes) {
      const wanted = paths.filter(isRecordPath);
      if (wanted.length === 0) return new Map();
      const use = (view: BranchView) => contentsOf(view, wanted, maxBytes);
      return wanted.every((path) => seen.has(path)) ? branch.reread(use) : branch.read(use);
    },
    async add(files, options) {
      checkPaths(files);
      if (files.size === 0) return;
      await branch.commit(async (view) => {
        const kept = await contentsOf(view, [...files.keys()], Number.POSITIVE_INFINITY);
        const added = planAddition(files, kept, options);
        if (added.size === 0) return undefined;
        if (view.head === undefined) added.set('README.md', new TextEncoder().encode(README));
        return { files: added, message: options.message };
      });
    },
  };
}

async function contentsOf(view: BranchView, paths: readonly string[], maxBytes: number) {
  const tree = await view.tree();
  const contents = new Map<string, RecordContent>();
  const readable: { readonly path: string; readonly object: string }[] = [];
  for (const path of paths) {
    const object = tree.get(path);
    if (object) readable.push({ path, object });
    else if (object === null) contents.set(path, { reason: 'not a file' });
  }
  const objects = readable.map(({ object }) => object);
  const found = await view.contents(objects, maxBytes);
  readable.forEach(({ path }, i) => {
    const bytes = found[i];
    contents.set(path, bytes ? { bytes } : { reason: `larger than ${maxBytes} bytes` });
  });
  return contents;
}
