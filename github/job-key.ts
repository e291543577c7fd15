import { posix } from 'node:path';
import { sha256Hex } from '../core/random/sha256.ts';

/** What tells the jobs of a repository apart: two jobs that differ in any of it never write to the same place. */
export interface JobIdentity {
  /** The workflow's file. */
  readonly workflow: string;
  /** `GITHUB_JOB`, which all legs of a matrix share. */
  readonly job: string;
  /** The folder of the project file, and its name. */
  readonly folder: string;
  readonly config: string;
  /** Those chosen; none: all. */
  readonly datasets: readonly string[];
  readonly models: readonly string[];
}

/** 12 hex digits that stand for a job, in names that GitHub limits to few characters. */
export function jobKey({ workflow, job, folder, config, datasets, models }: JobIdentity): string {
  const parts = [workflow, job, projectPath(folder, config), [...datasets].sort(), [...models].sort()];
  return sha256Hex(new TextEncoder().encode(JSON.stringify(parts))).slice(0, 12);
}

/** The project file, from the repository's root. */
export function projectPath(folder: string, config: string): string {
  return posix.join(folder.replaceAll('\\', '/'), config.replaceAll('\\', '/'));
}

/** The name of the artifact in which an attempt of a job keeps what it did. */
export function artifactName(key: string, attempt: number): string {
  return `mlops-${key}-${attempt}`;
}

/** The name of the artifact in which a leg hands over what it trained: none that a job records. */
export function claimName(key: string, attempt: number): string {
  return `mlops-claim-${key}-${attempt}`;
}

/** The attempt that made an artifact with what a leg handed over; undefined when its name is none of those. */
export function claimAttemptOf(name: string): number | undefined {
  return attemptOf(/^mlops-claim-/.test(name) ? name.replace('claim-', '') : '');
}

/** The file of an attempt's HTML report. As an artifact of its own that is no archive it bears its file's name. */
export function pageName(key: string, attempt: number): string {
  return pageOf(artifactName(key, attempt));
}

/** The name of the HTML report that was made with an artifact of ours. */
export function pageOf(artifact: string): string {
  return `${artifact.replace(/^mlops-/, 'mlops-report-')}.html`;
}

/** The attempt that made an artifact; undefined when its name is none of ours. */
export function attemptOf(name: string): number | undefined {
  const digits = /^mlops-[0-9a-f]{12}-([1-9]\d{0,5})$/.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** The hidden line by which a job finds its own comment again. */
export function commentMarker(key: string): string {
  return `<!-- mlops-action:report ${key} -->`;
}

/** The hidden line of the comment on what jobs of a workflow say that could not comment. There is one for all of them: a fork may run any number. */
export function claimsMarker(workflow: string): string {
  return `<!-- mlops-action:claims ${sha256Hex(new TextEncoder().encode(workflow)).slice(0, 12)} -->`;
}
