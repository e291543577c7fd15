import { aCommit, type Files } from '../../change/commits.fixture.ts';
import type { Unchanged } from '../../comparison/verdict.ts';
import { parseProject } from '../../config/parse.ts';
import type { ProcessRunner } from '../../ports/process-runner.ts';
import { someWorld } from '../ports.fixture.ts';
import type { BaseCommit, Ports } from '../ports.ts';
import { type PipelineResult, runPipeline } from './run-pipeline.ts';
import type { TuneWish } from './tune-datasets.ts';

interface ProjectRun {
  /** The text of mlops.yml. */
  readonly yml: string;
  /** Tables and other files by path. */
  readonly tables?: Readonly<Record<string, string>>;
  /** One character that names the commit. */
  readonly sha?: string;
  /** What was recorded at the commits before. */
  readonly earlier?: readonly Ports[];
  readonly processes?: ProcessRunner;
  /** An existing world to run in, instead of a new one made from the four options above. */
  readonly ports?: Ports;
  /** mlops.yml of the commit that the change will be merged into. */
  readonly base?: string | null;
  /** What else there is of that commit, whose files are `mlops.yml` and these: it may be trained to compare with. */
  readonly baseCommit?: Partial<BaseCommit> & { readonly files: Files };
  readonly unchanged?: readonly Unchanged[];
  readonly models?: readonly string[];
  readonly force?: boolean;
  readonly tune?: TuneWish;
  readonly place?: 'pull_request' | 'tracked_branch';
}

/** Trains and judges a project in memory: the result, and the world with what was recorded in it. */
export async function runProject(options: ProjectRun): Promise<PipelineResult & { readonly ports: Ports }> {
  const { yml, tables = {}, sha = '1', earlier = [], processes, base = null, models = [], force = false } = options;
  const world =
    options.ports ?? (await someWorld({ files: { ...tables }, sha, earlier, ...(processes && { processes }) }));
  const ports = options.baseCommit && base !== null ? { ...world, base: commitOf(base, options.baseCommit) } : world;
  const result = await runPipeline(ports, {
    command: 'pipeline',
    steps: { generate: true, train: true, tune: true, judge: true },
    project: parseProject(yml, 'mlops.yml'),
    base: base === null ? null : parseProject(base, 'mlops.yml'),
    knowsBase: true,
    subject: options.place === 'tracked_branch' ? 'tracked_branch' : 'change',
    notJudged: null,
    unchanged: async () => options.unchanged ?? [],
    datasets: [],
    models,
    force,
    claims: null,
    tuning: { wish: options.tune ?? null, runs: ports.runs },
    evidence: 'artifact',
    about: { place: options.place ?? 'pull_request', changedFiles: null, runUrl: null, warnings: () => [] },
  });
  return { ...result, ports };
}

function commitOf(yml: string, { files, ...rest }: NonNullable<ProjectRun['baseCommit']>): BaseCommit {
  return {
    project: parseProject(yml, 'mlops.yml'),
    tree: aCommit('0', { 'mlops.yml': yml, ...files }),
    ...{ folder: '', branch: 'main', lfs: null, remade: null },
    ...rest,
  };
}
