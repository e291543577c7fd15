import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DefaultArtifactClient } from '@actions/artifact';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useRig } from './rig.fixture.ts';
import type { StartedRun } from './workflow-runs.ts';

const world = useRig();
beforeEach(() => void vi.spyOn(process.stdout, 'write').mockReturnValue(true));
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** GitHub's own client, as it works in a job. */
function artifactsOf({ env }: StartedRun) {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  return new DefaultArtifactClient();
}

it('an artifact is made once in an attempt; any job may put another in its place', async () => {
  const { rig } = world;
  const { repository, names, source, client } = world.aProject();
  const file = join(source.folder, 'claim.json');
  writeFileSync(file, '{}');
  const train = rig.startWorkflowRun({ repository, event: 'push', job: 'train' });
  const artifacts = artifactsOf(train);
  const first = await artifacts.uploadArtifact('claim', [file], source.folder, { retentionDays: 3 });
  await expect(artifacts.uploadArtifact('claim', [file], source.folder)).rejects.toThrow(/409/);
  writeFileSync(file, '{"forged":true}');
  const other = artifactsOf(rig.startWorkflowRun({ repository, event: 'push', runId: train.runId, job: 'other' }));
  await other.deleteArtifact('claim');
  const second = await other.uploadArtifact('claim', [file], source.folder);
  expect(second.digest).not.toBe(first.digest);
  const octokit = client({ actions: 'write' });
  const { data } = await octokit.rest.actions.listArtifactsForRepo({ ...names, name: 'claim' });
  expect(data.artifacts).toMatchObject([{ id: second.id, digest: `sha256:${second.digest}`, expired: false }]);
  await octokit.rest.actions.deleteArtifact({ ...names, artifact_id: second.id! });
  expect((await octokit.rest.actions.listArtifactsForRepo(names)).data.total_count).toBe(0);
});

it('an attempt does not see the artifacts of the one before, which the REST API lists', async () => {
  const { rig } = world;
  const { repository, names, source, client } = world.aProject();
  const file = join(source.folder, 'a.txt');
  const first = rig.startWorkflowRun({ repository, event: 'push' });
  await artifactsOf(first).uploadArtifact('claim', [file], source.folder);
  const { runId } = first;
  const again = artifactsOf(rig.startWorkflowRun({ repository, event: 'push', runId, attempt: 2 }));
  expect((await again.listArtifacts()).artifacts).toEqual([]);
  await again.uploadArtifact('claim', [file], source.folder);
  const { data } = await client({ actions: 'read' }).rest.actions.listWorkflowRunArtifacts({ ...names, run_id: runId });
  expect(data.artifacts.map(({ name }) => name)).toEqual(['claim', 'claim']);
});
