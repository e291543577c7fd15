import { z } from 'zod';
import { judgeByBase } from '../../config/judge-keys.ts';
import type { ModelPlan } from '../../config/planned-models.ts';
import type { DatasetConfig } from '../../config/project.ts';
import { type AppError, ConfigError } from '../../errors/app-error.ts';
import type { Side } from '../../ports/claims.ts';
import { shortSha } from '../../records/short-sha.ts';
import type { Outcome } from '../command.ts';
import { generateTables } from '../generate/generate-tables.ts';
import { baselineOf } from '../pipeline/compared-with.ts';
import { datasetsToTrain } from '../pipeline/datasets-to-train.ts';
import { loadDatasets } from '../pipeline/load-datasets.ts';
import { type OpenProject, openProject } from '../pipeline/open-project.ts';
import { whyRemade } from '../pipeline/remake/remade-baseline.ts';
import { unchangedHere } from '../pipeline/unchanged-here.ts';
import type { CommandPorts, Ports } from '../ports.ts';
import { type Leg, legSchema, MOST_LEGS } from './legs.ts';

export const result = z.strictObject({
  /** The base commit; null where nothing is compared with one. */
  base: z.string().nullable(),
  /** The datasets of the change that have to be trained. */
  train: z.array(legSchema),
  /** The datasets of the base commit that have to be trained, since nothing is known that they could be compared with. */
  trainBase: z.array(legSchema),
});
type Result = z.infer<typeof result>;

const EVERYTHING = { dataset: [], model: [], set: [] };

/** Reads rules, tables and baselines, and tells what has to be trained. */
export async function run(world: CommandPorts): Promise<Outcome<Result>> {
  const { ports, rules, project: own, base, notJudged, evidence, about } = await openProject(world, EVERYTHING);
  if (evidence === 'off') throw noEvidence(world.projectFile.path);
  const { project } = judgeByBase(own, base);
  const plan: ModelPlan = { project, base, chosen: [] };
  const { changed } = await datasetsToTrain(plan, ports, {
    ...{ datasets: [], force: false, mayJudge: notJudged === null, trains: true },
    unchanged: (datasets) => unchangedHere(world, rules, { datasets, options: EVERYTHING, runs: ports.baselines.runs }),
  });
  if (changed.length > MOST_LEGS) throw tooMany(changed);
  await generateTables(changed, ports, false);
  const lacking = await withoutBaseline(changed, plan, ports, { own, base });
  return {
    result: {
      base: rules.standing.kind === 'change' ? rules.standing.base : null,
      train: legsOf(changed, 'candidate'),
      trainBase: rules.standing.kind === 'change' && notJudged === null ? legsOf(lacking, 'base') : [],
    },
    files: [],
    warnings: about.warnings(),
  };
}

/** Datasets that the base commit has, and of which no run is known that is that of the base commit. */
async function withoutBaseline(
  datasets: readonly DatasetConfig[],
  plan: ModelPlan,
  ports: Ports,
  { own, base }: Pick<OpenProject, 'base'> & { readonly own: OpenProject['project'] },
): Promise<DatasetConfig[]> {
  const lacking: DatasetConfig[] = [];
  for (const dataset of await loadDatasets(datasets, plan, { ports, own })) {
    const { config } = dataset;
    if (!base?.datasets.some(({ id }) => id === config.id)) continue;
    const found = await baselineOf(dataset, false, ports);
    const why = whyRemade(found, { project: base });
    if (why && (found.kind === 'none' || why.reason === 'older_run')) lacking.push(config);
  }
  return lacking;
}

function legsOf(datasets: readonly DatasetConfig[], side: Side): Leg[] {
  return datasets.map(({ id }, leg) => ({ leg, dataset: id, side }));
}

function noEvidence(file: string): AppError {
  return new ConfigError({
    ...{ file, place: 'tracking.evidence' },
    message: 'is `off`, so no job can hand its predictions to the one that judges them',
    allowed: 'artifact, branch, or left out',
    next: 'remove the key; or train and judge in one job, where no step runs code of the repository',
  });
}

function tooMany(datasets: readonly DatasetConfig[]): AppError {
  return new ConfigError({
    message: 'more datasets have to be trained than a matrix has jobs',
    ...{ found: String(datasets.length), allowed: `at most ${MOST_LEGS}` },
    next: 'split the project file in two, each with a workflow of its own',
  });
}

export function terminal({ result: { train, trainBase, base } }: Outcome<Result>): string {
  const names = (legs: readonly Leg[]) => legs.map(({ dataset }) => dataset).join(', ');
  const lines = [
    train.length === 0 ? 'nothing to train: no input changed' : `to train: ${names(train)}`,
    ...(trainBase.length > 0 ? [`to train of the base commit ${shortSha(base!)}, too: ${names(trainBase)}`] : []),
  ];
  return `${lines.join('\n')}\n`;
}
