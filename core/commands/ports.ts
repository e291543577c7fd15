import type { TwinCommits } from '../change/twin-commits.ts';
import type { BaselineSearch } from '../comparison/baseline-search.ts';
import type { BaselineSource } from '../comparison/baseline-source.ts';
import type { FailedPush } from '../comparison/pushed-again.ts';
import type { Acceptances } from '../comparison/with-acceptances.ts';
import type { Project } from '../config/project.ts';
import type { EvidenceStore } from '../evidence/evidence.ts';
import type { Change } from '../ports/change.ts';
import type { Claims } from '../ports/claims.ts';
import type { CommitTree } from '../ports/commit-tree.ts';
import type { LfsObjects } from '../ports/lfs-objects.ts';
import type { Log } from '../ports/log.ts';
import type { ProcessRunner } from '../ports/process-runner.ts';
import type { ProjectFile } from '../ports/project-file.ts';
import type { ProjectFiles } from '../ports/project-files.ts';
import type { WorkerPool } from '../ports/worker-pool.ts';
import type { AcceptanceStore } from '../tracking/acceptance-store.ts';
import type { Run } from '../tracking/run.ts';
import type { RunStore } from '../tracking/run-store.ts';

/** The machine as commands see it. */
interface Machine {
  /** Files of the project: paths are relative to the folder of `mlops.yml`. */
  readonly files: ProjectFiles;
  /** Runs commands of the user's that train models. */
  readonly processes: ProcessRunner;
  readonly log: Log;
  readonly now: () => Date;
  /** Seconds of a clock that only goes forward. */
  readonly seconds: () => number;
  /** Seconds of processor time that this process has used, all threads together. */
  readonly cpuSeconds: () => number;
  /** Text that no other call has given. */
  readonly nonce: () => string;
  /**
   * Tells when somebody asks the process to end (Ctrl-C, a cancelled job). From the first call on the process then goes on, so that work
   * can be left in order; asked a second time it ends.
   */
  readonly interruption: () => Pick<AbortSignal, 'aborted'>;
  /** Whether an earlier run with the same inputs, commit and state may stand in for training again. */
  readonly reuseRuns: boolean;
}

/** The world as commands see it; each door (Action, command line, test) brings its own. What a command does not ask for is never opened. */
export interface CommandPorts extends Machine {
  /** Files by the paths that a person wrote, relative to where they stand. */
  readonly cwdFiles: ProjectFiles;
  readonly projectFile: ProjectFile;
  readonly change: Change;
  /** Threads to compute with; undefined: as many as there are cores. They end with the command. */
  workers(threads: number | undefined): WorkerPool;
  /** This machine as a run records it. */
  environment(): Ports['environment'];
  /** The runs of this machine. */
  readonly runs: RunStore;
  readonly evidence: EvidenceStore;
  /** @throws StoreError when the branch of runs cannot be read. */
  runsOfBranch(branch: string): Promise<RunStore>;
  /**
   * What was recorded before, and where what is recorded now goes.
   *
   * @param rules the configuration of the commit that sets the rules.
   * @param branches those whose runs are believed: where the change goes, and the default branch.
   * @param movedFrom where the base commit has the project file, from the repository's root; null where it has none.
   */
  openRecords(rules: Project, branches: readonly string[], movedFrom: string | null): Promise<Records>;
  /** Where tables come from that are Git LFS pointers; null where nobody fetches them. */
  readonly lfs: LfsObjects | null;
  /** Baselines that were trained on this machine; null where changes could write to where they are kept. */
  readonly remade: Pick<Records, 'runs' | 'evidence'> | null;
  /** Acceptances of this machine. */
  readonly acceptances: AcceptanceStore;
  /** On a person's machine: authors of the commits since a base whom that person has not said to trust, by e-mail address. */
  foreignAuthors?(base: string): Promise<readonly string[]>;
  /** Where other jobs trained what is to be judged. */
  readonly claims?: Claims;
  /** Of a job that trains one dataset for another job to judge. */
  readonly isLeg?: boolean;
  /** The name of the person at work, as git has it; empty when it is not known. */
  who(): Promise<string>;
}

/** Runs, evidence and acceptances while a project is trained and judged. */
export interface Records extends Pick<Ports, 'runs' | 'evidence' | 'acceptances' | 'failedPushes' | 'baselines'> {
  /** What is recorded now is kept from others, who would take it for what the commit gives. `why`: a sentence without a full stop. */
  withhold(why: string): void;
  /** What could not be read or believed. Asked for when everything has been read. */
  warnings(): readonly string[];
}

/** The base commit of a change, with all that is needed to train it. */
export interface BaseCommit {
  readonly project: Project;
  readonly tree: CommitTree;
  /** Of the project there, from the repository's root. */
  readonly folder: string;
  /** The branch it is of; null where that is not known. */
  readonly branch: string | null;
  /** Where its tables in Git LFS come from; null where nobody fetches them. */
  readonly lfs: LfsObjects | null;
  /** What was trained from base commits before; null where a change could write there. */
  readonly remade: Pick<Records, 'runs' | 'evidence'> | null;
}

/** The world as training and judging see it, opened for one project. */
export interface Ports extends Machine {
  readonly runs: RunStore;
  readonly evidence: EvidenceStore;
  /** What people decided to live with; never what the change brings along. */
  readonly acceptances: () => Promise<Acceptances>;
  /** Limits that earlier pushes of the pull request failed on; of anything else there are none. */
  readonly failedPushes: () => Promise<readonly FailedPush[]>;
  /** What a candidate may be compared with. */
  readonly baselines: BaselineSource;
  readonly search: BaselineSearch;
  /** Which commits have the inputs of the base commit; null where there is no base commit that could be read, and on a laptop. */
  readonly twins: TwinCommits | null;
  /** The base commit, where a baseline may be trained from it; null where there is none that could be read, or another was asked for. */
  readonly base: BaseCommit | null;
  readonly workers: WorkerPool;
  readonly git: Run['git'];
  readonly workflow: Run['workflow'];
  readonly environment: Omit<Run['environment'], 'version' | 'threads'>;
}
