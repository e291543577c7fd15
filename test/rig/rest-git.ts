import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readGitFacts } from './git-facts.ts';
import { gitObjectsIn } from './git-objects.ts';
import { gitCommitJson, refJson, treeJson } from './rest-answers.ts';
import { type Answer, type Call, type Handler, problem } from './rest-handler.ts';

const READS = { permission: 'contents', access: 'read' } as const;
const WRITES = { permission: 'contents', access: 'write' } as const;

/** Git's own objects and refs, written one by one, and archives of commits. A repository without any commit refuses them. */
export const gitApi: Readonly<Record<string, Handler>> = {
  'GET /repos/{owner}/{repo}/git/matching-refs/{ref}': { needs: READS, answer: unlessEmpty(matchingRefs) },
  'GET /repos/{owner}/{repo}/git/ref/{ref}': { needs: READS, answer: unlessEmpty(readRef) },
  'POST /repos/{owner}/{repo}/git/refs': { needs: WRITES, answer: unlessEmpty(createRef) },
  'PATCH /repos/{owner}/{repo}/git/refs/{ref}': { needs: WRITES, answer: unlessEmpty(updateRef) },
  'GET /repos/{owner}/{repo}/git/commits/{commit_sha}': { needs: READS, answer: unlessEmpty(readCommit) },
  'POST /repos/{owner}/{repo}/git/commits': { needs: WRITES, answer: unlessEmpty(createCommit) },
  'GET /repos/{owner}/{repo}/git/trees/{tree_sha}': { needs: READS, answer: unlessEmpty(readTree) },
  'POST /repos/{owner}/{repo}/git/trees': { needs: WRITES, answer: unlessEmpty(createTree) },
  'GET /repos/{owner}/{repo}/git/blobs/{file_sha}': { needs: READS, answer: unlessEmpty(readBlob) },
  'POST /repos/{owner}/{repo}/git/blobs': { needs: WRITES, answer: unlessEmpty(createBlob) },
  'GET /repos/{owner}/{repo}/tarball/{ref}': { needs: READS, answer: unlessEmpty(tarball) },
};

function unlessEmpty(answer: (call: Call) => Answer): (call: Call) => Answer {
  return (call) => {
    const { gitDir } = call.repository;
    const hasRefs = existsSync(join(gitDir, 'packed-refs')) || readdirSync(join(gitDir, 'refs/heads')).length > 0;
    return hasRefs ? answer(call) : problem(409, 'Git Repository is empty.');
  };
}

function matchingRefs({ request, repository, web }: Call): Answer {
  const found = gitObjectsIn(repository.gitDir).refs(`refs/${request.path.ref}`);
  return { status: 200, body: found.map((ref) => refJson(ref, repository, web)) };
}

/** One ref by its whole name; of a beginning alone there is none. */
function readRef({ request, repository, web }: Call): Answer {
  const name = `refs/${request.path.ref}`;
  const found = gitObjectsIn(repository.gitDir)
    .refs(name)
    .find((ref) => ref.name === name);
  return found ? { status: 200, body: refJson(found, repository, web) } : problem(404, 'Not Found');
}

function createRef({ request, repository, web }: Call): Answer {
  const { ref, sha } = request.body as { ref: string; sha: string };
  const git = gitObjectsIn(repository.gitDir);
  if (!readGitFacts(repository.gitDir).resolve(sha)) return problem(422, 'Object does not exist');
  if (git.refs(ref).some(({ name }) => name === ref)) return problem(422, 'Reference already exists');
  git.moveRef(ref, sha);
  return { status: 201, body: refJson({ name: ref, sha }, repository, web) };
}

function updateRef({ request, repository, web }: Call): Answer {
  const { sha, force = false } = request.body as { sha: string; force?: boolean };
  const name = `refs/${request.path.ref}`;
  const git = gitObjectsIn(repository.gitDir);
  const present = git.refs(name).find((ref) => ref.name === name);
  if (!present) return problem(422, 'Reference does not exist');
  if (!force && !git.isAncestor(present.sha, sha)) return problem(422, 'Update is not a fast forward');
  git.moveRef(name, sha);
  return { status: 200, body: refJson({ name, sha }, repository, web) };
}

function readCommit({ request, repository, web }: Call): Answer {
  const facts = readGitFacts(repository.gitDir);
  const sha = facts.resolve(request.path.commit_sha!);
  if (!sha) return problem(404, 'Not Found');
  return { status: 200, body: gitCommitJson(facts.commits(sha, 0, 1)[0]!, repository, web) };
}

function createCommit({ request, repository, web }: Call): Answer {
  const {
    message,
    tree,
    parents = [],
    author,
  } = request.body as {
    message: string;
    tree: string;
    parents?: string[];
    author?: { name: string; email: string };
  };
  const facts = readGitFacts(repository.gitDir);
  if (facts.object(tree)?.type !== 'tree') return problem(422, 'Tree SHA does not exist');
  if (!parents.every((parent) => facts.resolve(parent))) return problem(422, 'Parent SHA does not exist');
  const { name, email } = author ?? { name: 'github-actions[bot]', email: 'bot@users.noreply.github.com' };
  const sha = gitObjectsIn(repository.gitDir).writeCommit({ tree, parents, message, name, email });
  return { status: 201, body: gitCommitJson(facts.commits(sha, 0, 1)[0]!, repository, web) };
}

function readTree({ request, repository, state, web }: Call): Answer {
  const facts = readGitFacts(repository.gitDir);
  const found = facts.object(request.path.tree_sha!);
  if (!found || found.type === 'blob') return problem(404, 'Not Found');
  const entries = facts.entries(found.sha, request.query.recursive !== undefined);
  return { status: 200, body: treeJson(found.sha, entries, state.limits.treeEntries, repository, web) };
}

function createTree({ request, repository, state, web }: Call): Answer {
  const { base_tree: base, tree } = request.body as {
    base_tree?: string;
    tree: { path: string; mode: string; content?: string; sha?: string | null }[];
  };
  const git = gitObjectsIn(repository.gitDir);
  if (tree.some(({ sha, content }) => sha === null || (sha === undefined) === (content === undefined))) {
    return problem(501, 'the rig adds files by content or by id');
  }
  const files = tree.map(({ path, mode, sha, content }) => ({
    path,
    mode,
    sha: sha ?? git.writeBlob(Buffer.from(content!)),
  }));
  const sha = git.writeTree(base, files);
  if (sha === undefined) return problem(422, 'The tree parameter is not valid: an object does not exist');
  const entries = readGitFacts(repository.gitDir).entries(sha, false);
  return { status: 201, body: treeJson(sha, entries, state.limits.treeEntries, repository, web) };
}

function readBlob({ request, repository, web }: Call): Answer {
  const found = readGitFacts(repository.gitDir).object(request.path.file_sha!);
  if (found?.type !== 'blob') return problem(404, 'Not Found');
  const bytes = found.bytes();
  return {
    status: 200,
    body: {
      sha: found.sha,
      node_id: found.sha,
      size: bytes.length,
      url: `${web}/api/v3/repos/${repository.fullName}/git/blobs/${found.sha}`,
      // Lines of 60 characters, as GitHub breaks them.
      content: bytes.toString('base64').replace(/.{60}/g, '$&\n'),
      encoding: 'base64',
    },
  };
}

function createBlob({ request, repository, web }: Call): Answer {
  const { content, encoding = 'utf-8' } = request.body as { content: string; encoding?: string };
  const bytes = Buffer.from(content, encoding === 'base64' ? 'base64' : 'utf8');
  const sha = gitObjectsIn(repository.gitDir).writeBlob(bytes);
  return { status: 201, body: { sha, url: `${web}/api/v3/repos/${repository.fullName}/git/blobs/${sha}` } };
}

function tarball({ request, repository, blobs, web }: Call): Answer {
  const sha = readGitFacts(repository.gitDir).resolve(request.path.ref!);
  if (!sha) return problem(404, 'Not Found');
  const folder = `${repository.owner}-${repository.name}-${sha.slice(0, 7)}`;
  const archive = gitObjectsIn(repository.gitDir).archive(sha, folder);
  return { status: 302, headers: { location: `${web}${blobs.addressOf(archive)}` } };
}
