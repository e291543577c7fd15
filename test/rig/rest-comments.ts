import { commentJson } from './rest-answers.ts';
import { type Handler, paged, problem } from './rest-handler.ts';
import type { Comment } from './state.ts';

const MAX_BODY = 65_536;

const tooLong = (body: string) =>
  body.length > MAX_BODY
    ? problem(422, `Validation Failed: body is too long (maximum is ${MAX_BODY} characters)`)
    : null;

/** Comments on pull requests, by the operations that GitHub has for issues. */
export const commentsApi: Readonly<Record<string, Handler>> = {
  'GET /repos/{owner}/{repo}/issues/{issue_number}/comments': {
    needs: { permission: 'pull_requests', access: 'read' },
    answer(call) {
      const number = Number(call.request.path.issue_number);
      const { fullName } = call.repository;
      if (!call.state.pullRequests.some((one) => one.number === number && one.base.repository === call.repository)) {
        return problem(404, 'Not Found');
      }
      const all = call.state.comments.filter((one) => one.repository === fullName && one.number === number);
      return paged(all, call, (page) => page.map((one) => commentJson(one, call.web)));
    },
  },
  'POST /repos/{owner}/{repo}/issues/{issue_number}/comments': {
    needs: { permission: 'pull_requests', access: 'write' },
    answer({ request, state, repository, token, web }) {
      const number = Number(request.path.issue_number);
      if (!state.pullRequests.some((one) => one.number === number && one.base.repository === repository)) {
        return problem(404, 'Not Found');
      }
      const { body } = request.body as { body: string };
      const now = new Date().toISOString();
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
  'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}': {
    needs: { permission: 'pull_requests', access: 'write' },
    answer({ request, state, repository, token, web }) {
      const comment = state.comments.find(
        ({ id, repository: of }) => id === Number(request.path.comment_id) && of === repository.fullName,
      );
      if (!comment) return problem(404, 'Not Found');
      if (comment.login !== token!.login) return problem(403, 'Resource not accessible by integration');
      const { body } = request.body as { body: string };
      const refusal = tooLong(body);
      if (refusal) return refusal;
      comment.body = body;
      comment.updatedAt = new Date().toISOString();
      return { status: 200, body: commentJson(comment, web) };
    },
  },
};
