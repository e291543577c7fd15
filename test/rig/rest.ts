import type { Blobs } from './blobs.ts';
import type { DescribedRequest } from './description.ts';
import type { ActiveFaults } from './faults.ts';
import { actionsApi } from './rest-actions.ts';
import { APP_OPERATIONS, appDeliveries, INSTALLATION_TOKEN, installationToken } from './rest-apps.ts';
import { artifactsApi } from './rest-artifacts.ts';
import { checksApi } from './rest-checks.ts';
import { commentsApi } from './rest-comments.ts';
import { contentsApi } from './rest-contents.ts';
import { gitApi } from './rest-git.ts';
import { type Answer, type Handler, problem } from './rest-handler.ts';
import { pullsApi } from './rest-pulls.ts';
import { repositoryApi } from './rest-repository.ts';
import { findRepository, judgeAccess, type Repository, type State, type Token } from './state.ts';

const handlers: Readonly<Record<string, Handler>> = {
  ...repositoryApi,
  ...contentsApi,
  ...pullsApi,
  ...checksApi,
  ...commentsApi,
  ...actionsApi,
  ...artifactsApi,
  ...gitApi,
};

/** The operations that the rig answers. */
export const OPERATIONS: readonly string[] = [...Object.keys(handlers), INSTALLATION_TOKEN, ...APP_OPERATIONS];

export interface RestRequest {
  readonly described: DescribedRequest;
  readonly pathname: string;
  readonly authorization: string | undefined;
  readonly accept: string;
}

export function secretOf(authorization: string | undefined): string | undefined {
  return /^(?:token|bearer) (.+)$/i.exec(authorization ?? '')?.[1];
}

export function createRest(
  live: State,
  blobs: Blobs,
  web: () => string,
  faults: ActiveFaults,
  refused: (what: string) => void,
  createToken: Parameters<typeof installationToken>[3]['createToken'],
) {
  const answerFrom = (state: State, { described: request, authorization, accept }: RestRequest): Answer => {
    const secret = secretOf(authorization);
    if (request.operation === INSTALLATION_TOKEN)
      return installationToken(live, request, secret, { web: web(), createToken });
    if (APP_OPERATIONS.includes(request.operation)) return appDeliveries(live, request, secret);
    const token = secret === undefined ? undefined : live.tokens.get(secret);
    if (secret !== undefined && !token) return problem(401, 'Bad credentials');
    const repository = findRepository(state, `${request.path.owner}/${request.path.repo}`);
    const handler = handlers[request.operation]!;
    const judged = repository ? judge(repository, token, handler.needs, faults) : 'unknown';
    if (!repository || judged === 'unknown') return problem(404, 'Not Found');
    if (judged === 'forbidden') {
      if (!token) return problem(401, 'Requires authentication');
      const held = permissionsOf(handler.needs).map((name) => `${name}: ${token.permissions[name] ?? 'none'}`);
      refused(`${request.operation} of ${repository.fullName}: ${held.join(', ')}`);
      return problem(403, 'Resource not accessible by integration');
    }
    return handler.answer({ request, state, blobs, repository, token, accept, web: web() });
  };
  return {
    answer(request: RestRequest): Answer {
      const answer = answerFrom(live, request);
      const lag = request.described.operation.startsWith('GET ') ? faults.lagOf(request.pathname) : undefined;
      if (!lag) return answer;
      const before = answerFrom(lag.before, request);
      if (before.status === answer.status && sent(before) === sent(answer)) return answer;
      lag.requests--;
      return before;
    },
  };
}

const sent = ({ body }: Answer) => (body instanceof Buffer ? body.toString('latin1') : JSON.stringify(body));

function permissionsOf({ permission }: Handler['needs']) {
  return typeof permission === 'string' ? [permission] : permission;
}

/** The best that any of the permissions gives. */
function judge(repository: Repository, token: Token | undefined, needs: Handler['needs'], faults: ActiveFaults) {
  const judged = permissionsOf(needs).map((permission) =>
    faults.isForbidden(permission, needs.access)
      ? 'forbidden'
      : judgeAccess(repository, token, permission, needs.access),
  );
  return (['granted', 'forbidden', 'unknown'] as const).find((one) => judged.includes(one))!;
}
