import type { BaselineSource } from '../comparison/baseline.ts';
import type { BaselineSearch } from '../comparison/baseline-search.ts';
import type { EvidenceStore } from '../evidence/evidence.ts';
import type { Log } from '../ports/log.ts';
import type { ProcessRunner } from '../ports/process-runner.ts';
import type { ProjectFiles } from '../ports/project-files.ts';
import type { WorkerPool } from '../ports/worker-pool.ts';
import type { Acceptance } from '../tracking/acceptance.ts';
import type { Run } from '../tracking/run.ts';
import type { RunStore } from '../tracking/run-store.ts';

/** The world as commands see it. Each door (Action, command line, test) brings its own. */
export interface Ports {
  readonly files: ProjectFiles;
  readonly runs: RunStore;
  readonly evidence: EvidenceStore;
  /** What people decided to live with; never what the change brings along. */
  readonly acceptances: () => Promise<readonly Acceptance[]>;
  /** What a candidate may be compared with. */
  readonly baselines: BaselineSource;
  readonly search: BaselineSearch;
  readonly workers: WorkerPool;
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
  readonly git: Run['git'];
  readonly workflow: Run['workflow'];
  readonly environment: Omit<Run['environment'], 'version' | 'threads'>;
  /** Whether an earlier run with the same inputs, commit and state may stand in for training again. */
  readonly reuseRuns: boolean;
}
