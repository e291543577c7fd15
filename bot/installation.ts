import type { Probot } from 'probot';
import { VERSION } from '../core/version.ts';
import { type Client, createClient, type RepositoryName } from '../github/client.ts';

/** A repository that the App is installed in, and a client that may do there what one delivery needs. */
export interface InstalledRepository {
  readonly octokit: Client;
  readonly repository: RepositoryName;
  readonly repositoryId: number;
  readonly appId: number;
}

/** What a token may do at most. Nothing of the App writes files. */
const GATE = {
  actions: 'read',
  checks: 'write',
  contents: 'read',
  merge_queues: 'read',
  pull_requests: 'write',
} as const;
const COMMANDS = {
  actions: 'write',
  contents: 'read',
  issues: 'write',
  metadata: 'read',
  pull_requests: 'write',
} as const;

/** What a delivery tells of where it comes from. */
export interface Origin {
  readonly installation?: { readonly id: number } | undefined;
  readonly repository: { readonly id: number; readonly name: string; readonly owner: { readonly login: string } };
}

/** Opens repositories with tokens for that repository alone. */
export interface Installations {
  forGate(origin: Origin): Promise<InstalledRepository>;
  forCommands(origin: Origin): Promise<InstalledRepository>;
}

export function createInstallations(
  app: Probot,
  { appId, apiUrl, secondMs }: { readonly appId: number; readonly apiUrl: string; readonly secondMs: number },
): Installations {
  const open = async (
    { installation, repository: { id, name, owner } }: Origin,
    permissions: typeof GATE | typeof COMMANDS,
  ): Promise<InstalledRepository> => {
    if (!installation) throw new Error('the delivery names no installation: it is not one of a GitHub App');
    const own = await app.auth();
    const { data } = await own.rest.apps.createInstallationAccessToken({
      installation_id: installation.id,
      repository_ids: [id],
      permissions,
    });
    const octokit = createClient({ token: data.token, apiUrl, userAgent: `mlops-app/${VERSION}`, secondMs });
    return { octokit, repository: { owner: owner.login, repo: name }, repositoryId: id, appId };
  };
  return { forGate: (origin) => open(origin, GATE), forCommands: (origin) => open(origin, COMMANDS) };
}
