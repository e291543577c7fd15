import { z } from 'zod';
import { judgeByBase } from '../../config/judge-keys.ts';
import { plannedModels, trainable } from '../../config/planned-models.ts';
import type { Project } from '../../config/project.ts';
import { withParameters } from '../../config/write-parameters.ts';
import { ConfigError } from '../../errors/app-error.ts';
import type { Markdown } from '../../report/to-markdown.ts';
import { studiesToMarkdown, studiesToTerminal, takeOverCommand } from '../../report/tuning.ts';
import { type StudyResult, studyResultSchema } from '../../tuning/study-result.ts';
import { summaryOf } from '../../tuning/study-summary.ts';
import type { Tuning } from '../../tuning/tuning.ts';
import { spaceFor, tuningFor } from '../../tuning/tuning.ts';
import type { Outcome } from '../command.ts';
import { refuseForeignCommands } from '../pipeline/foreign-commands.ts';
import { loadDataset } from '../pipeline/load-dataset.ts';
import { openProject, type ProjectOptions } from '../pipeline/open-project.ts';
import type { CommandPorts, Ports } from '../ports.ts';
import { readProjectText } from '../read-project.ts';
import { type OpenStudy, openStudyOf, type TunedModel, tuneModel } from './tune-model.ts';

export const result = z.strictObject({
  /** One per dataset and model. */
  studies: z.array(studyResultSchema),
});
type Result = z.infer<typeof result>;

type Options = Omit<ProjectOptions, 'baseline'> & {
  readonly [Key in 'trials' | 'sampler' | 'pruner' | 'timeout']?: Tuning[Key] | undefined;
} & {
  readonly write: boolean;
};

/** Runs a study for each model, judges what it found, and writes what is better where that is asked for. */
export async function run(world: CommandPorts, options: Options): Promise<Outcome<Result>> {
  if (options.write && options.set.length > 0) {
    throw new ConfigError({
      message: '`write` and `set` exclude each other: the file would not have what was tuned',
      next: 'write the value into the project file, or leave `write` out',
    });
  }
  const opened = await openProject(world, options);
  // What it finds belongs to no commit, so it stays with this machine.
  const ports: Ports = { ...opened.ports, runs: world.runs };
  const { project, changes } = judgeByBase(opened.project, opened.base);
  await refuseForeignCommands(world, project, opened.rules);
  const warnings = [
    ...opened.about.warnings(),
    ...changes
      .filter(({ key }) => /(^|\.)tuning\./.test(key))
      .map(({ key }) => `\`${key}\` is searched as the base commit says, until the change is merged`),
  ];
  for (const warning of warnings.slice(opened.about.warnings().length)) ports.log.warn(warning);
  const studies = await openStudies(project, options, ports);
  const found: StudyResult[] = [];
  const files: string[] = [];
  for (const open of studies) {
    const tuned = await tuneModel(open, ports);
    warnings.push(...tuned.warnings);
    for (const warning of tuned.warnings) ports.log.warn(warning);
    const written = options.write && tuned.better ? await write(open, tuned, project, world) : null;
    found.push({ ...tuned.result, written });
    files.push(open.journal, ...(written === null ? [] : [written]));
    if (tuned.result.ended === 'interrupted') break;
  }
  const isInterrupted = found.some(({ ended }) => ended === 'interrupted');
  return { result: { studies: found }, files: [...new Set(files)], warnings, ...(isInterrupted && { isInterrupted }) };
}

/** Everything is read and checked before the first trial. */
async function openStudies(project: Project, options: Options, ports: Ports): Promise<OpenStudy[]> {
  const { dataset: ids, model: chosen, trials, sampler, pruner, timeout } = options;
  const given = Object.fromEntries(
    Object.entries({ trials, sampler, pruner, timeout }).filter(([, value]) => value !== undefined),
  );
  const plan = { project, base: null, chosen };
  const studies: OpenStudy[] = [];
  for (const config of project.datasets.filter(({ id }) => ids.length === 0 || ids.includes(id))) {
    const dataset = await loadDataset(config, plan, ports);
    const tuning: Tuning = { ...tuningFor(project.tuning, config.tuning), ...given };
    for (const model of trainable(dataset.models)) {
      const space = spaceFor(tuning, model.id);
      if (Object.keys(space).length > 0) {
        studies.push(await openStudyOf(dataset, model, { tuning, space }, ports));
      } else if (chosen.includes(model.id)) throw nothingToTune(model.id);
      else ports.log.info(`${config.id} ${model.id}: has no parameters to search`);
    }
  }
  if (studies.length === 0) throw nothingToTune((chosen.length > 0 ? chosen : ['these datasets']).join(', '));
  return studies;
}

function nothingToTune(what: string): ConfigError {
  return new ConfigError({
    message: `${what} has no parameters to search`,
    next: 'name another model with --model; a model that is a command is searched by its own program',
  });
}

async function write(
  { dataset, model }: OpenStudy,
  { better }: TunedModel,
  project: Project,
  world: CommandPorts,
): Promise<string> {
  const { projectFile } = world;
  const { config, task } = dataset;
  await projectFile.write(
    withParameters(await readProjectText(world), projectFile.path, {
      ...{ dataset: config.id, model: model.id, params: better! },
      models: plannedModels({ project, base: null, chosen: [] }, config.id, task).map(({ id }) => id),
    }),
  );
  return projectFile.path;
}

export function terminal({ result: { studies } }: Outcome<Result>): string {
  return studiesToTerminal(studies.map(summaryOf));
}

export function markdown({ result: { studies } }: Outcome<Result>): Markdown {
  return studiesToMarkdown(studies.map(summaryOf));
}

export function next({ result: { studies } }: Outcome<Result>): string | undefined {
  if (studies.some(({ ended }) => ended === 'interrupted')) return undefined;
  if (studies.some(({ written }) => written !== null)) return 'mlops pipeline';
  const better = studies.find(({ judgement }) => judgement?.isBetter);
  return better && takeOverCommand(summaryOf(better));
}
