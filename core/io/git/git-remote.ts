import { resolve } from 'node:path';
import type { GitConfig } from './git-fence.ts';

/** A repository that is talked to as `origin`. */
export interface Remote {
  /** Its URL or folder. */
  readonly remote: string;
  readonly token?: string | undefined;
  /** The server the token is for; by default the origin of `remote`. */
  readonly serverUrl?: string | undefined;
}

/** The address of `origin` and what authenticates there. */
export function remoteConfig({ remote, token, serverUrl }: Remote): GitConfig {
  const isUrl = /^[a-z][a-z0-9+.-]*:\/\//i.test(remote);
  const isHost = /^[^/\\]{2,}:/.test(remote);
  const address = ['remote.origin.url', isUrl || isHost ? remote : resolve(remote)] as const;
  if (token === undefined || !/^https?:/i.test(remote)) return [address];
  return [address, ...tokenConfig(serverUrl ?? new URL(remote).origin, token)];
}

/** What must not be seen in messages. */
export function remoteSecrets({ token }: Remote): string[] {
  return token === undefined ? [] : [token, basicOf(token)];
}

/** The configuration that authenticates against a server as GitHub wants it of a token. */
export function tokenConfig(serverUrl: string, token: string): GitConfig {
  const key = `http.${serverUrl.replace(/\/+$/, '')}/.extraheader`;
  // The empty value first drops a header the user's own configuration has: two of them are refused.
  return [
    [key, ''],
    [key, `AUTHORIZATION: basic ${basicOf(token)}`],
  ];
}

function basicOf(token: string): string {
  return Buffer.from(`x-access-token:${token}`).toString('base64');
}
