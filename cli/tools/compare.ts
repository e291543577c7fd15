import { resolve } from 'node:path';
import { z } from 'zod';
import { compareRuns } from '../../core/commands/compare/compare-runs.ts';
import { commands } from '../../core/commands/index.ts';
import { baselineOption, commonOptions } from '../../core/commands/options.ts';
import { readRun } from '../../core/commands/runs/read-run.ts';
import type { EvaluatedRun } from '../../core/comparison/compare-models.ts';
import { stopsMerge } from '../../core/comparison/verdict.ts';
import { ConfigError } from '../../core/errors/app-error.ts';
import { createFolderEvidenceStore } from '../../core/io/folder/folder-evidence-store.ts';
import { renderRunComparison } from '../../core/report/run-comparison.ts';
import { runCommand } from '../run-command.ts';
import { historyOptions, openHistory, RUN_NAMES, readProject } from '../run-history.ts';
import { type Answer, defineTool, type Place } from '../tool.ts';

const judging = commands.get('compare');
const PLACE = 'mlops compare';

const options = z.strictObject({
  first: z.string().min(1).optional().describe(`The baseline. ${RUN_NAMES}`),
  second: z.string().min(1).optional().describe('The candidate.'),
  ...commonOptions.shape,
  baseline: baselineOption,
  ...historyOptions.shape,
});
type Options = z.infer<typeof options>;

export const compare = defineTool({
  id: 'compare',
  summary: `${judging.summary}; or any two runs, one against the other`,
  arguments: ['first', 'second'],
  examples: [
    ['mlops compare', 'this commit against its baseline'],
    ['mlops compare 0badc0de latest:churn/random_forest', 'two runs: metrics, their difference and how sure it is'],
    ['mlops compare latest:churn/random_forest latest:churn/gradient_boosting', 'two models on the same rows'],
  ],
  options,
  async run({ first, second, ...given }, place) {
    if (first === undefined) {
      if (given.source !== 'folder') throw notBoth('--source', 'is of two runs that are named');
      return runCommand(judging.id, given, place);
    }
    if (second === undefined)
      throw new ConfigError({
        place: PLACE,
        message: 'a second run is missing',
        next: `mlops compare ${first} latest`,
      });
    const of = Object.entries({
      dataset: given.dataset.length > 0,
      model: given.model.length > 0,
      set: given.set.length > 0,
      threads: given.threads !== undefined,
      force: given.force,
      baseline: given.baseline !== undefined,
    });
    for (const [name, isGiven] of of) if (isGiven) throw notBoth(`--${name}`, 'is not of two runs that are named');
    return compareTwo(first, second, given, place);
  },
});

function notBoth(option: string, message: string): ConfigError {
  return new ConfigError({
    place: `${PLACE} ${option}`,
    message,
    next: 'leave it out; `mlops compare --help` has examples',
  });
}

async function compareTwo(
  first: string,
  second: string,
  options: Pick<Options, 'config' | 'source'>,
  place: Place,
): Promise<Answer> {
  const { root, project } = await readProject(options, place);
  const store = await openHistory(options, place);
  const evidence = createFolderEvidenceStore(resolve(root, '.mlops'));
  const evaluatedRun = async (name: string): Promise<EvaluatedRun> => {
    const run = await readRun(store, name, { place: PLACE });
    return { run, predictions: (await evidence.get(run.id)) ?? null };
  };
  const [baseline, candidate] = [await evaluatedRun(first), await evaluatedRun(second)];
  const { comparison, verdict } = compareRuns(baseline, candidate, project);
  return {
    text: renderRunComparison(baseline.run, candidate.run, comparison, verdict),
    files: [],
    runs: [baseline.run, candidate.run],
    comparison,
    verdict,
    failed: stopsMerge(verdict, project?.onInconclusive ?? 'pass'),
  };
}
