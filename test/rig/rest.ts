import type { Blobs } from './blobs.ts';
import type { DescribedRequest } from './description.ts';
import { actionsApi } from './rest-actions.ts';
import { commentsApi } from './rest-comments.ts';
import { gitApi } from './rest-git.ts';
import { type Answer, problem } from './rest-handler.ts';
import { repositoryApi } from './rest-repository.ts';
import { findRepository, judgeAccess, type State } from './state.ts';

const handlers = { ...repositoryApi, ...commentsApi, ...actionsApi, ...gitApi };

/** The operations that the rig answers. */
export const OPERATIONS: readonly string[] = Object.keys(handlers);

export function createRest(state: State, blobs: Blobs, web: () => string, refused: (what: string) => void) {
  return {
    answer(request: DescribedRequest, authorization: string | undefined, accept: string): Answer {
      const secret = /^(?:token|bearer) (.+)$/i.exec(authorization ?? '')?.[1];
      const token = secret === undefined ? undefined : state.tokens.get(secret);
      if (secret !== undefined && !token) return problem(401, 'Bad credentials');
      const repository = findRepository(state, `${request.path.owner}/${request.path.repo}`);
      const handler = handlers[request.operation]!;
      const { permission, access } = handler.needs;
      const judged = repository ? judgeAccess(repository, token, permission, access) : 'unknown';
      if (!repository || judged === 'unknown') return problem(404, 'Not Found');
      if (judged === 'forbidden') {
        if (!token) return problem(401, 'Requires authentication');
        refused(
          `${request.operation} of ${repository.fullName}: ${permission}: ${token.permissions[permission] ?? 'none'}`,
        );
        return problem(403, 'Resource not accessible by integration');
      }
      return handler.answer({ request, state, blobs, repository, token, accept, web: web() });
    },
  };
}
