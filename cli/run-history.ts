import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { commonOptions } from '../core/config/options.ts';
import { parseProject } from '../core/config/parse.ts';
import type { Project } from '../core/config/project.ts';
import { ConfigError } from '../core/errors/app-error.ts';
import { fileExists, readText } from '../core/io/files.ts';
import { createFolderRunStore } from '../core/io/folder/folder-run-store.ts';
import { openRunsOfClone } from '../core/io/git/runs-of-clone.ts';
import { describeFields } from '../core/tracking/filter/fields.ts';
import type { RunStore } from '../core/tracking/run-store.ts';
import type { RunSummary } from '../core/tracking/run-summary.ts';
import type { Place } from './tool.ts';

/** Where runs are kept while `mlops.yml` says nothing else. */
const DEFAULT_BRANCH = 'runs';

/** Every way to name a run, for help. */
export const RUN_NAMES =
  'A run: its id, the beginning of it, its last eight digits, `latest`, `latest:<dataset>` or `latest:<dataset>/<model>`.';

/** What every tool takes that looks at runs. */
export const historyOptions = z.strictObject({
  config: commonOptions.shape.config,
  source: z
    .enum(['folder', 'branch'])
    .default('folder')
    .describe('`folder`: the runs of this machine, in .mlops/; `branch`: those of the branch of runs.'),
});

/** How filters are written, for help. */
export const FILTER_NOTES: readonly string[] = [
  [
    'A filter compares fields: = != < <= > >=, ~ (or like) for a part of a text or a pattern with * and ?; and, or, not,',
    'parentheses. null is what a run does not have. Fields:',
    ...describeFields().map(([name, meaning]) => `  ${name.padEnd(14)} ${meaning}`),
  ].join('\n'),
];

/** What tools take that choose among runs. */
export const choiceOptions = z.strictObject({
  filter: z
    .string()
    .min(1)
    .optional()
    .describe('Only runs that this holds for: `dataset = churn and metrics.roc_auc > 0.8 and not dirty`.'),
  sort: z
    .string()
    .min(1)
    .optional()
    .describe('By these fields, downwards after a `-`: `-metrics.roc_auc,created`; default: newest first.'),
});

type HistoryOptions = z.infer<typeof historyOptions>;

/** The project's folder, and the file itself where there is one. */
export async function readProject(
  { config }: Pick<HistoryOptions, 'config'>,
  { cwd }: Place,
): Promise<{ readonly root: string; readonly project: Project | null }> {
  const path = resolve(cwd, config);
  if (await fileExists(path)) return { root: dirname(path), project: parseProject(await readText(path), config) };
  if (config === commonOptions.shape.config.parse(undefined)) return { root: cwd, project: null };
  throw new ConfigError({
    file: config,
    message: 'there is no such file',
    next: 'correct the path, or leave --config out',
  });
}

/** The folder that `mlops.yml` is in, or would be. */
export function projectRoot({ config }: Pick<HistoryOptions, 'config'>, { cwd }: Place): string {
  return dirname(resolve(cwd, config));
}

/** The runs that are asked for. */
export async function openHistory(options: HistoryOptions, place: Place): Promise<RunStore> {
  // What is here needs nothing of mlops.yml but its folder: a list is quick, also beside a file that is being edited.
  if (options.source === 'folder') return createFolderRunStore(resolve(projectRoot(options, place), '.mlops'));
  const { root, project } = await readProject(options, place);
  return openRunsOfClone({
    root,
    branch: project?.tracking.branch ?? DEFAULT_BRANCH,
    warn: place.log.warn,
  });
}

/** All runs in short; what could not be read is warned about. */
export async function summariesOf(store: RunStore, { log }: Place): Promise<readonly RunSummary[]> {
  const { summaries, skipped } = await store.summaries();
  for (const { path, reason } of skipped) log.warn(`${path} was skipped: ${reason}`);
  return summaries;
}
