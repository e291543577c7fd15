import { z } from 'zod';
import { readRules } from '../../change/rules.ts';
import { outcomeOf } from '../../comparison/judge.ts';
import type { MergePolicy } from '../../comparison/outcome.ts';
import { judgeByBase } from '../../config/judge-keys.ts';
import type { DatasetConfig, Project } from '../../config/project.ts';
import { driftGate } from '../../drift/drift-gate.ts';
import { type DatasetDrift, datasetDriftSchema } from '../../drift/drift-result.ts';
import { DEFAULT_RULES } from '../../drift/drift-rules.ts';
import { ConfigError } from '../../errors/app-error.ts';
import type { ProjectFiles } from '../../ports/project-files.ts';
import { renderDriftMarkdown } from '../../report/drift-markdown.ts';
import { renderDriftTerminal } from '../../report/drift-terminal.ts';
import { writeDrift } from '../../report/write-drift.ts';
import type { Outcome } from '../command.ts';
import { generateTables } from '../generate/generate-tables.ts';
import { type Judgement, judgementOf } from '../judgement.ts';
import { checkNames } from '../pipeline/check-names.ts';
import { compareInputs, pathOfProjectFile } from '../pipeline/project-inputs.ts';
import type { CommandPorts } from '../ports.ts';
import { readDatasetTable } from '../read-dataset-table.ts';
import { readProject } from '../read-project.ts';
import { compareTables } from './compare-tables.ts';
import { datasetDrift, type GivenTable } from './dataset-drift.ts';

export const result = z.strictObject({
  /** One per dataset that was compared. */
  datasets: z.array(datasetDriftSchema),
});
type Result = z.infer<typeof result>;

interface Options {
  readonly dataset: readonly string[];
  readonly set: readonly string[];
  readonly reference?: string | undefined;
  readonly current?: string | undefined;
  readonly target?: string | undefined;
  readonly column: readonly string[];
  readonly share?: number | undefined;
  readonly out?: string | undefined;
}

/** Where a project keeps its reports. */
const REPORTS = 'reports';

/** Compares any two tables, or the datasets of the project. */
export async function run(ports: CommandPorts, options: Options): Promise<Outcome<Result>> {
  const { reference, current, dataset } = options;
  if (reference !== undefined && current !== undefined && dataset.length === 0)
    return compareFiles(ports, { ...options, reference, current });
  return compareDatasets(ports, options);
}

/** Two tables without a project. */
async function compareFiles(
  { cwdFiles }: CommandPorts,
  {
    reference,
    current,
    target,
    column,
    share,
    out,
  }: Options & { readonly reference: string; readonly current: string },
): Promise<Outcome<Result>> {
  const drift = compareTables({
    reference: await readFile(cwdFiles, reference),
    current: await readFile(cwdFiles, current),
    target: target ?? null,
    ignored: new Map(),
    columns: column,
    rules: { ...DEFAULT_RULES, ...(share !== undefined && { maxShare: share }) },
  });
  const gate = share === undefined ? null : driftGate(current, drift, { maxShare: share, fail: true });
  const datasets = [{ dataset: null, reference, current, drift, gate }];
  const judgement = judged(datasets, { onInconclusive: 'pass', onNotComparable: 'fail' });
  const files = out === undefined ? [] : await writeDrift(cwdFiles, datasets, out);
  return { result: { datasets }, ...(judgement && { judgement }), files, warnings: [] };
}

async function readFile(files: ProjectFiles, file: string) {
  const absent = { message: 'the table does not exist', next: 'correct the path' };
  return { file, table: (await readDatasetTable(files, file, {}, absent)).table };
}

/** The datasets of the project, by the rules that a change is judged by. */
async function compareDatasets(ports: CommandPorts, options: Options): Promise<Outcome<Result>> {
  const { cwdFiles, files, change, projectFile } = ports;
  await needsProject(ports, options);
  const own = await readProject(ports, options.set);
  checkNames(own.project, { ...options, model: [] }, projectFile.path);
  const { isEdited } = await compareInputs(ports, own.project);
  const dirty = (change.place === 'laptop' && isEdited) || options.set.length > 0;
  const { base } = await readRules(change, await pathOfProjectFile(ports), dirty);
  const { project, changes } = judgeByBase(own.project, base);
  const notYet = changes.filter(isOfDrift).map(notYetMerged);
  for (const warning of notYet) ports.log.warn(warning);
  const chosen = chosenDatasets(project, options, projectFile.path);
  const generated = await generateTables(chosen, ports, false);
  const given = (path: string | undefined): GivenTable | undefined =>
    path === undefined ? undefined : { path, files: cwdFiles };
  const datasets: DatasetDrift[] = [];
  for (const config of chosen)
    datasets.push(
      await datasetDrift(config, project, files, {
        reference: given(options.reference),
        current: given(options.current),
        share: options.share,
        columns: options.column,
      }),
    );
  if (datasets.every(({ drift }) => drift === null)) throw noCurrentTable(chosen, projectFile.path);
  const judgement = judged(datasets, base ?? project);
  const written = await keepReports(ports, datasets, options.out);
  return {
    result: { datasets },
    ...(judgement && { judgement }),
    files: [...generated, ...written],
    warnings: [...own.warnings, ...notYet],
  };
}

type RuleChange = ReturnType<typeof judgeByBase>['changes'][number];

function isOfDrift({ key }: RuleChange): boolean {
  return /^(datasets\.[^.]+\.)?drift\b/.test(key);
}

function notYetMerged({ key, before, after }: RuleChange): string {
  return `\`${key}\` changed from ${before} to ${after}; the base decides, so this holds when it is merged`;
}

/** Whoever gives one table and has no project forgot the other table. */
async function needsProject({ projectFile }: CommandPorts, { reference, current, dataset }: Options): Promise<void> {
  const given = reference ?? current;
  if (given === undefined || dataset.length > 0 || (await projectFile.read()) !== undefined) return;
  const absent = reference === undefined ? 'reference' : 'current';
  throw new ConfigError({
    place: absent,
    message: `without ${projectFile.path}, drift needs two tables`,
    found: given,
    next: `give the other one as \`${absent}\`, or create ${projectFile.path} with \`mlops init\``,
  });
}

/** A job keeps its result in the artifact, where the door writes it. */
async function keepReports(
  { files, cwdFiles, change }: CommandPorts,
  datasets: readonly DatasetDrift[],
  out: string | undefined,
) {
  if (out !== undefined) return writeDrift(cwdFiles, datasets, out);
  return change.place === 'laptop' ? writeDrift(files, datasets, REPORTS) : [];
}

/** Tables that are given are those of one dataset. */
function chosenDatasets(
  { datasets }: Project,
  { dataset, reference, current, target, column }: Options,
  file: string,
): readonly DatasetConfig[] {
  if (target !== undefined)
    throw new ConfigError({
      place: 'target',
      message: 'the target of a dataset is the one of the project file',
      next: 'leave `target` out, or give both `reference` and `current` and no dataset',
    });
  const chosen = datasets.filter(({ id }) => dataset.length === 0 || dataset.includes(id));
  const given = Object.entries({ reference, current, column: column[0] }).find(([, value]) => value !== undefined)?.[0];
  if (given === undefined || chosen.length === 1) return chosen;
  throw new ConfigError({
    place: given,
    message: `belongs to one dataset, and ${chosen.length} of ${file} are to be compared`,
    allowed: chosen.map(({ id }) => id).join(', '),
    next: 'name one of them with `dataset`',
  });
}

function noCurrentTable(datasets: readonly DatasetConfig[], file: string): ConfigError {
  const [first] = datasets;
  return new ConfigError({
    file,
    message: 'no dataset has a second table, so there is nothing to compare',
    next: `set datasets.${first?.id ?? '<name>'}.drift.current to the path of the newest table, or give it as \`current\``,
  });
}

/** What the gates come to; undefined where there is none. */
function judged(datasets: readonly DatasetDrift[], policy: MergePolicy): Judgement | undefined {
  const gates = datasets.flatMap(({ gate }) => gate ?? []);
  if (gates.length === 0) return undefined;
  const found = { missing: [], evaluationSets: [], gates, unchanged: [] };
  return judgementOf({ ...found, outcome: outcomeOf(found, { isFirst: false }) }, policy);
}

export function terminal({ result: { datasets } }: Outcome<Result>): string {
  return renderDriftTerminal(datasets);
}

export function markdown({ result: { datasets } }: Outcome<Result>) {
  return renderDriftMarkdown(datasets);
}
