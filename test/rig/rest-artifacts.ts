import { type Call, type Handler, paged, problem } from './rest-handler.ts';
import { artifactJson } from './run-answers.ts';
import type { Artifact } from './state.ts';

const READS = { permission: 'actions', access: 'read' } as const;
const WRITES = { permission: 'actions', access: 'write' } as const;

/** Artifacts of workflow runs. */
export const artifactsApi: Readonly<Record<string, Handler>> = {
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts': {
    needs: READS,
    answer(call) {
      const run = call.state.runs.get(Number(call.request.path.run_id));
      if (run?.repository !== call.repository) return problem(404, 'Not Found');
      return list(
        call,
        call.state.artifacts.filter(({ runId }) => runId === run.id),
      );
    },
  },
  'GET /repos/{owner}/{repo}/actions/artifacts': {
    needs: READS,
    answer: (call) =>
      list(call, call.state.artifacts.filter((one) => runOf(call, one)?.repository === call.repository).reverse()),
  },
  'GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}': {
    needs: READS,
    answer(call) {
      const found = find(call);
      return found
        ? { status: 200, body: artifactJson(found, runOf(call, found)!, call.web) }
        : problem(404, 'Not Found');
    },
  },
  'DELETE /repos/{owner}/{repo}/actions/artifacts/{artifact_id}': {
    needs: WRITES,
    answer(call) {
      const found = find(call);
      if (!found) return problem(404, 'Not Found');
      call.state.artifacts.splice(call.state.artifacts.indexOf(found), 1);
      return { status: 204 };
    },
  },
  'GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}': {
    needs: READS,
    answer(call) {
      const found = find(call);
      if (!found) return problem(404, 'Not Found');
      if (!call.token) return problem(401, 'Requires authentication');
      if (found.expired) return problem(410, 'Artifact has expired');
      return { status: 302, headers: { location: `${call.web}${call.blobs.addressOf(found.bytes)}` } };
    },
  },
};

function find(call: Call): Artifact | undefined {
  const found = call.state.artifacts.find(({ id }) => id === Number(call.request.path.artifact_id));
  return found && runOf(call, found)?.repository === call.repository ? found : undefined;
}

function runOf({ state }: Call, { runId }: Artifact) {
  return state.runs.get(runId);
}

function list(call: Call, of: readonly Artifact[]) {
  const { name: wanted } = call.request.query;
  const all = of.filter(({ name }) => (wanted ?? name) === name);
  return paged(all, call, (page) => ({
    total_count: all.length,
    artifacts: page.map((artifact) => artifactJson(artifact, runOf(call, artifact)!, call.web)),
  }));
}
