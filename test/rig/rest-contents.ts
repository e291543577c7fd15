import { type GitFacts, readGitFacts, type TreeEntry } from './git-facts.ts';
import { type Answer, type Call, type Handler, problem } from './rest-handler.ts';

/** Files of a commit. A symlink to a file of the repository is that file; one that leads elsewhere is told as it is. */
export const contentsApi: Readonly<Record<string, Handler>> = {
  'GET /repos/{owner}/{repo}/contents/{path}': { needs: { permission: 'contents', access: 'read' }, answer: contents },
};

const TYPES: Readonly<Record<string, string>> = { '120000': 'symlink', '160000': 'submodule', '040000': 'dir' };
const typeOf = ({ mode }: TreeEntry) => TYPES[mode] ?? 'file';

function contents(call: Call): Answer {
  const { repository, request } = call;
  const path = (request.path.path ?? '').replace(/\/$/, '');
  const ref = String(request.query.ref ?? repository.defaultBranch);
  const facts = readGitFacts(repository.gitDir);
  const commit = facts.resolve(ref);
  if (!commit) return problem(404, `No commit found for the ref ${ref}`);
  const entry = path === '' ? undefined : facts.entryAt(commit, path);
  if (path === '' || entry?.type === 'tree') return folder(call, facts, `${commit}:${path}`, path, ref);
  if (!entry) return problem(404, 'Not Found');
  const common = commonJson(call, entry, path, ref);
  if (entry.type === 'commit') {
    const url = facts.submoduleUrl(commit, path);
    const submodule = { ...common, type: 'submodule', size: 0, git_url: null, submodule_git_url: url ?? '' };
    return { status: 200, body: submodule };
  }
  const file = typeOf(entry) === 'symlink' ? facts.followSymlink(commit, path) : entry;
  if (file) return fileAnswer(call, facts, file, common);
  const target = facts.object(entry.sha)!.bytes();
  if (wantsRaw(call)) return raw(target);
  return { status: 200, body: { ...common, type: 'symlink', size: entry.size, target: target.toString('utf8') } };
}

function fileAnswer(
  call: Call,
  facts: GitFacts,
  { sha, size }: { readonly sha: string; readonly size: number },
  common: object,
): Answer {
  const { inlineBytes, contentBytes } = call.state.limits;
  if (size > contentBytes) {
    return problem(
      403,
      'This API returns blobs up to 100 MB in size. The requested blob is too large to fetch via the API',
    );
  }
  const bytes = () => facts.object(sha)!.bytes();
  if (wantsRaw(call)) return raw(bytes());
  const inline =
    size > inlineBytes
      ? { encoding: 'none', content: '' }
      : { encoding: 'base64', content: bytes().toString('base64').replace(/.{60}/g, '$&\n') };
  return { status: 200, body: { ...common, type: 'file', sha, size, ...inline } };
}

function folder(call: Call, facts: GitFacts, tree: string, path: string, ref: string): Answer {
  const entries = facts.entries(tree).slice(0, call.state.limits.folderEntries);
  const body = entries.map((entry) => {
    const type = typeOf(entry);
    const common = commonJson(call, entry, path === '' ? entry.name : `${path}/${entry.name}`, ref);
    // In a list a submodule is told as a file, for old clients.
    return { ...common, type: type === 'submodule' ? 'file' : type, size: entry.type === 'blob' ? entry.size : 0 };
  });
  return { status: 200, body };
}

function commonJson({ repository: { fullName }, web }: Call, entry: TreeEntry, path: string, ref: string) {
  const self = encodeURI(`${web}/api/v3/repos/${fullName}/contents/${path}?ref=${ref}`);
  const html = encodeURI(`${web}/${fullName}/blob/${ref}/${path}`);
  const git = `${web}/api/v3/repos/${fullName}/git/${entry.type === 'tree' ? 'trees' : 'blobs'}/${entry.sha}`;
  return {
    name: path.split('/').at(-1)!,
    path,
    sha: entry.sha,
    url: self,
    git_url: git,
    html_url: html,
    download_url: null,
    _links: { self, git, html },
  };
}

function wantsRaw({ accept }: Call): boolean {
  return /application\/vnd\.github(\.v3)?\.raw/.test(accept);
}

function raw(body: Buffer): Answer {
  return { status: 200, headers: { 'content-type': 'application/vnd.github.raw+json; charset=utf-8' }, body };
}
