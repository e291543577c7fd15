import { type ChangedFile, readGitFacts } from './git-facts.ts';
import { commitJson, fullRepositoryJson, userOf } from './rest-answers.ts';
import { type Answer, type Call, type Handler, problem } from './rest-handler.ts';
import type { Repository } from './state.ts';

const NEEDS = { permission: 'contents', access: 'read' } as const;
/** The most files that a comparison lists. */
const MAX_FILES = 300;

/** A repository, its branches, commits and comparisons, answered from git. */
export const repositoryApi: Readonly<Record<string, Handler>> = {
  'GET /repos/{owner}/{repo}/commits': {
    needs: NEEDS,
    answer(call) {
      const { repository, request, web } = call;
      const { sha = repository.defaultBranch, per_page: size = 30, page = 1, ...rest } = request.query;
      if (Object.keys(rest).length > 0) return problem(501, `the rig does not filter by ${Object.keys(rest)}`);
      const facts = readGitFacts(repository.gitDir);
      const start = facts.resolve(String(sha));
      if (!start) {
        const isSha = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(String(sha));
        return isSha ? problem(422, `No commit found for SHA: ${sha}`) : problem(404, 'Not Found');
      }
      const found = facts.commits(start, (Number(page) - 1) * Number(size), Number(size));
      return { status: 200, body: found.map((one) => commitJson(one, repository, web)) };
    },
  },
  'GET /repos/{owner}/{repo}': {
    needs: { permission: 'metadata', access: 'read' },
    answer: ({ repository, web }) => ({ status: 200, body: fullRepositoryJson(repository, web) }),
  },
  'GET /repos/{owner}/{repo}/hash-algorithm': {
    needs: { permission: 'metadata', access: 'read' },
    answer({ repository }) {
      return { status: 200, body: { hash_algorithm: readGitFacts(repository.gitDir).objectFormat } };
    },
  },
  'GET /repos/{owner}/{repo}/collaborators/{username}/permission': {
    needs: { permission: 'metadata', access: 'read' },
    answer: collaborator,
  },
  'GET /repos/{owner}/{repo}/commits/{ref}': { needs: NEEDS, answer: commit },
  'GET /repos/{owner}/{repo}/branches/{branch}': { needs: NEEDS, answer: branch },
  'GET /repos/{owner}/{repo}/compare/{basehead}': { needs: NEEDS, answer: compare },
};

/** Roles: `maintain` is told as `write`, `triage` as `read`; of a public repository everyone may read. */
function collaborator({ repository, request, state, web }: Call): Answer {
  const login = request.path.username!;
  const role = state.roles.get(`${repository.fullName} ${login}`) ?? (repository.private ? undefined : 'read');
  if (role === undefined) return problem(404, `${login} is not a user`);
  const permission = { maintain: 'write', triage: 'read' }[role] ?? role;
  return { status: 200, body: { permission, role_name: role, user: { ...userOf(login, web), role_name: role } } };
}

function commit({ repository, request, web }: Call): Answer {
  const facts = readGitFacts(repository.gitDir);
  const sha = facts.resolve(request.path.ref!);
  if (!sha) return problem(422, `No commit found for SHA: ${request.path.ref}`);
  const [found] = facts.commits(sha, 0, 1);
  const before = found!.parents[0] ?? facts.emptyTree;
  const files = filesJson(facts.changedFiles(before, sha), repository, sha, web);
  return { status: 200, body: { ...commitJson(found!, repository, web), files } };
}

/** A branch; from a name that it had and no other branch has now, GitHub sends on. */
function branch({ repository, request, state, web }: Call): Answer {
  const { branch: name = '' } = request.path;
  const facts = readGitFacts(repository.gitDir);
  const sha = facts.resolve(`refs/heads/${name}`);
  const url = `${web}/api/v3/repos/${repository.fullName}/branches`;
  const renamed = state.renamedBranches.get(`${repository.fullName} ${name}`);
  if (!sha && renamed) {
    const location = `${url}/${encodeURIComponent(renamed)}`;
    return { status: 301, headers: { location }, body: { message: 'Moved Permanently', url: location } };
  }
  if (!sha) return problem(404, 'Branch not found');
  const self = `${url}/${encodeURIComponent(name)}`;
  const isProtected = state.protectedBranches.has(`${repository.fullName} ${name}`);
  return {
    status: 200,
    body: {
      name,
      commit: commitJson(facts.commits(sha, 0, 1)[0]!, repository, web),
      _links: { self, html: `${web}/${repository.fullName}/tree/${name}` },
      protected: isProtected,
      protection: { enabled: isProtected },
      protection_url: `${self}/protection`,
    },
  };
}

function compare({ repository, request, web }: Call): Answer {
  const [base, head, ...more] = request.path.basehead!.split('...');
  const facts = readGitFacts(repository.gitDir);
  const from = base ? facts.resolve(base) : undefined;
  const to = head && more.length === 0 ? facts.resolve(head) : undefined;
  if (!from || !to) return problem(404, 'Not Found');
  const common = facts.mergeBase(from, to);
  if (!common) return problem(404, `No common ancestor between ${base} and ${head}.`);
  const { per_page: size = 250, page = 1 } = request.query as { per_page?: number; page?: number };
  const ahead = facts.count(`${from}..${to}`);
  const behind = facts.count(`${to}..${from}`);
  const one = (sha: string) => commitJson(facts.commits(sha, 0, 1)[0]!, repository, web);
  const commits = facts.commits(`${from}..${to}`, 0, ahead).reverse();
  const link = `${web}/${repository.fullName}/compare/${base}...${head}`;
  const diverged = ahead > 0 && behind > 0;
  return {
    status: 200,
    body: {
      url: `${web}/api/v3/repos/${repository.fullName}/compare/${base}...${head}`,
      html_url: link,
      permalink_url: link,
      diff_url: `${link}.diff`,
      patch_url: `${link}.patch`,
      base_commit: one(from),
      merge_base_commit: one(common),
      status: diverged ? 'diverged' : ahead > 0 ? 'ahead' : behind > 0 ? 'behind' : 'identical',
      ahead_by: ahead,
      behind_by: behind,
      total_commits: ahead,
      commits: commits.slice((page - 1) * size, page * size).map((commit) => commitJson(commit, repository, web)),
      ...(page === 1 ? { files: filesJson(facts.changedFiles(common, to), repository, to, web) } : {}),
    },
  };
}

function filesJson(files: readonly ChangedFile[], { fullName }: Repository, head: string, web: string) {
  return files.slice(0, MAX_FILES).map(({ filename, previousFilename, status, sha }) => ({
    sha,
    filename,
    status,
    additions: 0,
    deletions: 0,
    changes: 0,
    blob_url: `${web}/${fullName}/blob/${head}/${encodeURIComponent(filename)}`,
    raw_url: `${web}/${fullName}/raw/${head}/${encodeURIComponent(filename)}`,
    contents_url: `${web}/api/v3/repos/${fullName}/contents/${encodeURIComponent(filename)}?ref=${head}`,
    ...(previousFilename === undefined ? {} : { previous_filename: previousFilename }),
  }));
}
