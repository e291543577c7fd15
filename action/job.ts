import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Outcome, Work } from '../core/commands/command.ts';
import { DEFAULT_CONFIG } from '../core/commands/options.ts';
import type { CommandPorts } from '../core/commands/ports.ts';
import type { Project } from '../core/config/project.ts';
import { createGitRecordFiles } from '../core/io/git/git-record-files.ts';
import { openPorts } from '../core/io/open-ports.ts';
import type { Change } from '../core/ports/change.ts';
import type { LfsObjects } from '../core/ports/lfs-objects.ts';
import { createRunStore } from '../core/tracking/run-store.ts';
import { projectPath } from '../github/job-key.ts';
import { createLfsClient } from '../github/lfs-client.ts';
import { baseSide } from './base-side.ts';
import { jobChange } from './change.ts';
import { withClaimedBase } from './claimed-base.ts';
import { openClaims } from './claims.ts';
import type { JobContext } from './context.ts';
import type { Inputs } from './inputs.ts';
import { branchOptions, type JobRecords, openJobRecords, remoteOf } from './job-records.ts';
import { createLfsTables } from './lfs-tables.ts';
import { readNeeds } from './needs.ts';
import { createTableCache } from './table-cache.ts';
import { workflowLog } from './workflow-log.ts';

/** A command that was run in a job, before anything of it is published. */
export interface Job {
  readonly work: Work<Record<string, unknown>, unknown>;
  readonly outcome: Outcome<unknown>;
  /** The folder whose content is the artifact. */
  readonly artifactRoot: string;
  readonly change: Change;
  /** Null where the command did not ask for records. */
  readonly records: JobRecords | null;
}

/**
 * Runs the command of the step: what it is compared with comes from artifacts that GitHub verifies.
 *
 * @param key stands for this job.
 */
export async function runJob(context: JobContext, inputs: Inputs, key: string): Promise<Job> {
  const { command, options, workingDirectory, leg } = inputs;
  const claims = claimsOf(context, inputs);
  const root = join(context.workspace, workingDirectory);
  const artifactRoot = join(context.temp, `mlops-${randomUUID()}`);
  const config = typeof options.config === 'string' ? options.config : DEFAULT_CONFIG;
  const own = await jobChange(context, workingDirectory);
  const change = leg?.side === 'base' ? baseSide(own) : own;
  let records: JobRecords | null = null;
  const ports: CommandPorts & { close(): Promise<void> } = openPorts(
    { root, cwd: root, config, store: artifactRoot, env: process.env, log: workflowLog, lfs: lfsTables(context) },
    {
      change,
      reuseRuns: false,
      remade: null,
      isLeg: leg !== null,
      ...(claims && command.id === 'publish' && { claims: claims.from }),
      async openRecords(rules: Project, branches: readonly string[], movedFrom: string | null) {
        const opened = await openJobRecords(context, rules, {
          artifactRoot,
          project: projectPath(workingDirectory, config),
          movedFrom,
          key,
          branches,
        });
        const baselines = claims?.base
          ? withClaimedBase(opened.baselines, claims.base, claims.from.ofBase)
          : opened.baselines;
        records = { ...opened, baselines };
        return records;
      },
      runsOfBranch: async (branch: string) => createRunStore(createGitRecordFiles(branchOptions(context, branch))),
      who: async () => context.actor,
    },
  );
  try {
    const work = await command.load();
    const outcome = await work.run(ports, { ...options });
    return { work, outcome, artifactRoot, change, records };
  } finally {
    await ports.close();
  }
}

/** What the jobs before this one handed over; null where it judges or compares with nothing of theirs. */
function claimsOf(context: JobContext, inputs: Inputs) {
  const { command, leg, needs: text } = inputs;
  if (command.id !== 'publish' && (leg === null || leg.side === 'base')) return null;
  const needs = readNeeds(text);
  return { base: needs.base, from: openClaims(context, inputs, needs) };
}

function lfsTables(context: JobContext): LfsObjects {
  const folder = join(context.temp, 'mlops-tables');
  return createLfsTables(folder, {
    client: createLfsClient({ remote: remoteOf(context), token: context.token, debug: workflowLog.debug }),
    cache: createTableCache(folder, { env: process.env, log: workflowLog }),
    log: workflowLog,
  });
}
