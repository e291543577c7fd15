import { commentJson, node, userOf } from './rest-answers.ts';
import { type Call, type Handler, paged, problem } from './rest-handler.ts';
import type { Comment, Reaction, Repository, State } from './state.ts';

const MAX_BODY = 65_536;

/** Either permission will do. */
const READS = { permission: ['pull_requests', 'issues'], access: 'read' } as const;
const WRITES = { permission: ['pull_requests', 'issues'], access: 'write' } as const;

const tooLong = (body: string) =>
  body.length > MAX_BODY
    ? problem(422, `Validation Failed: body is too long (maximum is ${MAX_BODY} characters)`)
    : null;

/** Comments on pull requests, by the operations that GitHub has for issues. */
export const commentsApi: Readonly<Record<string, Handler>> = {
  'GET /repos/{owner}/{repo}/issues/{issue_number}/comments': {
    needs: READS,
    answer(call) {
      const number = Number(call.request.path.issue_number);
      const { fullName } = call.repository;
      if (!isThere(call.state, call.repository, number)) {
        return problem(404, 'Not Found');
      }
      const all = call.state.comments.filter((one) => one.repository === fullName && one.number === number);
      return paged(all, call, (page) => page.map((one) => commentJson(one, call.web)));
    },
  },
  'POST /repos/{owner}/{repo}/issues/{issue_number}/comments': {
    needs: WRITES,
    answer({ request, state, repository, token, web }) {
      const number = Number(request.path.issue_number);
      if (!isThere(state, repository, number)) {
        return problem(404, 'Not Found');
      }
      const { body } = request.body as { body: string };
      const now = state.now().toISOString();
      const comment: Comment = {
        id: state.nextId(),
        repository: repository.fullName,
        number,
        login: token!.login,
        body,
        createdAt: now,
        updatedAt: now,
      };
      const refusal = tooLong(body);
      if (refusal) return refusal;
      state.comments.push(comment);
      return { status: 201, body: commentJson(comment, web) };
    },
  },
  'GET /repos/{owner}/{repo}/issues/comments/{comment_id}': {
    needs: READS,
    answer(call) {
      const comment = find(call);
      return comment ? { status: 200, body: commentJson(comment, call.web) } : problem(404, 'Not Found');
    },
  },
  // Whoever may write may edit and delete what others wrote; the author stays the same.
  'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}': {
    needs: WRITES,
    answer(call) {
      const comment = find(call);
      if (!comment) return problem(404, 'Not Found');
      const { body } = call.request.body as { body: string };
      const refusal = tooLong(body);
      if (refusal) return refusal;
      comment.body = body;
      comment.updatedAt = call.state.now().toISOString();
      comment.lastEditedAt = comment.updatedAt;
      return { status: 200, body: commentJson(comment, call.web) };
    },
  },
  'POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions': {
    needs: WRITES,
    answer(call) {
      const comment = find(call);
      if (!comment) return problem(404, 'Not Found');
      const { content } = call.request.body as { content: string };
      const { login } = call.token!;
      const isSame = (one: Reaction) => one.commentId === comment.id && one.content === content && one.login === login;
      const known = call.state.reactions.find(isSame);
      const own = { repository: call.repository.fullName, commentId: comment.id, content, login };
      const reaction = known ?? { id: call.state.nextId(), ...own };
      if (!known) call.state.reactions.push(reaction);
      return {
        status: known ? 200 : 201,
        body: {
          id: reaction.id,
          node_id: node('Reaction', reaction.id),
          user: userOf(login, call.web),
          content,
          created_at: call.state.now().toISOString(),
        },
      };
    },
  },
  'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}': {
    needs: WRITES,
    answer(call) {
      const comment = find(call);
      if (!comment) return problem(404, 'Not Found');
      call.state.comments.splice(call.state.comments.indexOf(comment), 1);
      return { status: 204 };
    },
  },
};

/** A pull request, or an issue with a comment: the rig knows issues by their comments alone. */
function isThere(state: State, repository: Repository, number: number): boolean {
  return (
    state.pullRequests.some((one) => one.number === number && one.base.repository === repository) ||
    state.comments.some((one) => one.number === number && one.repository === repository.fullName)
  );
}

function find({ request, state, repository }: Call): Comment | undefined {
  return state.comments.find(
    ({ id, repository: of }) => id === Number(request.path.comment_id) && of === repository.fullName,
  );
}
