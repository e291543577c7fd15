import { createPublicKey, verify } from 'node:crypto';
import type { DescribedRequest } from './description.ts';
import { fullRepositoryJson } from './rest-answers.ts';
import { type Answer, problem } from './rest-handler.ts';
import type { Access, HookDelivery, Installation, Permissions, State } from './state.ts';

export const INSTALLATION_TOKEN = 'POST /app/installations/{installation_id}/access_tokens';

/** What an App asks of its own webhook. */
export const APP_OPERATIONS = ['GET /app/hook/deliveries', 'POST /app/hook/deliveries/{delivery_id}/attempts'];

/** The deliveries that GitHub made to an App, newest first, and asking for one again. */
export function appDeliveries(state: State, request: DescribedRequest, signed: string | undefined): Answer {
  if (![...state.installations.values()].some((one) => isSignedBy(one, signed, state.now())))
    return problem(401, 'A JSON web token could not be decoded');
  const { delivery_id: id } = request.path;
  if (id !== undefined) {
    state.redeliveries.push(Number(id));
    return { status: 202, body: {} };
  }
  const { status, per_page: size = 30 } = request.query as { status?: string; per_page?: number };
  const isFailure = ({ statusCode }: HookDelivery) => statusCode < 200 || statusCode >= 400;
  const found = state.hookDeliveries.filter((one) => status !== 'failure' || isFailure(one)).reverse();
  return {
    status: 200,
    body: found.slice(0, size).map(({ id, guid, event, statusCode, deliveredAt }) => ({
      ...{ id, guid, event, delivered_at: deliveredAt, redelivery: false, duration: 0.1, status_code: statusCode },
      ...{ status: statusCode === 202 ? 'OK' : 'failed', action: null, installation_id: null, repository_id: null },
    })),
  };
}

const RANK: readonly Access[] = ['none', 'read', 'write'];

/** A token of an installation, for who signs as its App: of fewer repositories and permissions, never of more. */
export function installationToken(
  state: State,
  request: DescribedRequest,
  signed: string | undefined,
  {
    web,
    createToken,
  }: { readonly web: string; createToken(of: Installation, permissions: Permissions, login: string): string },
): Answer {
  const installation = state.installations.get(Number(request.path.installation_id));
  if (!installation) return problem(404, 'Not Found');
  const { app, repository, permissions: granted } = installation;
  if (!isSignedBy(installation, signed, state.now())) return problem(401, 'A JSON web token could not be decoded');
  const { permissions = granted, repository_ids: ids = [repository.id] } = (request.body ?? {}) as {
    permissions?: Permissions;
    repository_ids?: number[];
  };
  if (ids.length !== 1 || ids[0] !== repository.id)
    return problem(422, 'There is at least one repository that does not exist or is not accessible');
  const isTooMuch = Object.entries(permissions).some(
    ([name, access]) => RANK.indexOf(access) > RANK.indexOf(granted[name as keyof Permissions] ?? 'none'),
  );
  if (isTooMuch) return problem(422, 'The permissions requested are not granted to this installation.');
  return {
    status: 201,
    body: {
      token: createToken(installation, permissions, `${app.slug}[bot]`),
      expires_at: new Date(state.now().getTime() + 3_600_000).toISOString(),
      permissions,
      repository_selection: 'selected',
      repositories: [fullRepositoryJson(repository, web)],
    },
  };
}

function isSignedBy({ app, publicKey }: Installation, token: string | undefined, now: Date): boolean {
  const [header, claims, signature, ...more] = (token ?? '').split('.');
  if (!header || !claims || !signature || more.length > 0) return false;
  const { iss, exp, iat } = JSON.parse(Buffer.from(claims, 'base64url').toString());
  const seconds = now.getTime() / 1000;
  return (
    Number(iss) === app.id &&
    iat <= seconds &&
    exp > seconds &&
    exp - iat <= 660 &&
    verify(
      'sha256',
      Buffer.from(`${header}.${claims}`),
      createPublicKey(publicKey),
      Buffer.from(signature, 'base64url'),
    )
  );
}
