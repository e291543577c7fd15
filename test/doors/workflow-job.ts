import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CheckRun } from '../rig/state.ts';
import type { StartOptions } from '../rig/workflow-runs.ts';
import type { Workbench } from '../story/workbench.ts';
import { runProcess } from './action-process.ts';

const WRITE = { contents: 'write', pull_requests: 'write', actions: 'read', checks: 'read' } as const;

/** What a job of a workbench's repository came to, the token it had, and its check, which GitHub does not know the end of yet. */
type FinishedJob = Awaited<ReturnType<typeof runProcess>> & { readonly token: string; readonly check: CheckRun };

/**
 * Runs a job of any workflow and event, in a checkout as the runner makes it.
 *
 * @param inputs of the step, by name.
 */
export async function runWorkflowJob(
  { rig, repository }: Workbench,
  of: Omit<StartOptions, 'repository'>,
  inputs: Readonly<Record<string, string>> = {},
): Promise<FinishedJob> {
  const started = rig.startWorkflowRun({ repository, permissions: WRITE, ...of });
  const folder = mkdtempSync(join(tmpdir(), 'workflow-job-'));
  const workspace = join(folder, 'workspace');
  mkdirSync(workspace);
  const git = (...args: string[]) => execFileSync('git', args, { cwd: workspace, stdio: 'pipe' });
  git('init', '--quiet');
  git('fetch', '--quiet', '--depth=1', `file://${repository.gitDir}`, started.env.GITHUB_SHA!);
  git('checkout', '--quiet', 'FETCH_HEAD');
  const given = Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]);
  const env = { ...started.env, ...Object.fromEntries(given) };
  const job = await runProcess({ started: { ...started, env }, event: of.event, workspace, folder });
  return { ...job, token: started.token, check: started.job };
}
