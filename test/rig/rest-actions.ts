import { readGitFacts } from './git-facts.ts';
import { artifactJson, workflowRunJson } from './rest-answers.ts';
import { type Handler, paged, problem } from './rest-handler.ts';

const NEEDS = { permission: 'actions', access: 'read' } as const;

/** Workflow runs and their artifacts. */
export const actionsApi: Readonly<Record<string, Handler>> = {
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}': {
    needs: NEEDS,
    answer({ request, state, repository, web }) {
      const run = state.runs.get(Number(request.path.run_id));
      if (run?.repository !== repository) return problem(404, 'Not Found');
      const head = readGitFacts(run.headRepository.gitDir).commits(run.headSha, 0, 1)[0];
      return { status: 200, body: workflowRunJson(run, head, web) };
    },
  },
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts': {
    needs: NEEDS,
    answer(call) {
      const run = call.state.runs.get(Number(call.request.path.run_id));
      if (run?.repository !== call.repository) return problem(404, 'Not Found');
      const { name: wanted } = call.request.query;
      const all = call.state.artifacts.filter(({ runId, name }) => runId === run.id && (wanted ?? name) === name);
      return paged(all, call, (page) => ({
        total_count: all.length,
        artifacts: page.map((artifact) => artifactJson(artifact, run, call.web)),
      }));
    },
  },
  'GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}': {
    needs: NEEDS,
    answer({ request, state, blobs, repository, token, web }) {
      const artifact = state.artifacts.find(({ id }) => id === Number(request.path.artifact_id));
      const run = artifact && state.runs.get(artifact.runId);
      if (!artifact || run?.repository !== repository) return problem(404, 'Not Found');
      if (!token) return problem(401, 'Requires authentication');
      if (artifact.expired) return problem(410, 'Artifact has expired');
      return { status: 302, headers: { location: `${web}${blobs.addressOf(artifact.bytes)}` } };
    },
  },
};
