import type { z } from 'zod';
import type { EvaluatedRun } from '../../comparison/compare-models.ts';
import { evaluatedRunIn } from '../../comparison/evaluated-run.ts';
import { runComparisonSchema } from '../../comparison/run-comparison.ts';
import { ConfigError } from '../../errors/app-error.ts';
import { renderRunComparison } from '../../report/run-comparison.ts';
import { renderTerminal } from '../../report/terminal.ts';
import type { Outcome } from '../command.ts';
import { judgementOf } from '../judgement.ts';
import type { ProjectOptions } from '../pipeline/open-project.ts';
import { judgedRuns, runSteps } from '../pipeline/pipeline-work.ts';
import type { CommandPorts } from '../ports.ts';
import { readProjectIfThere } from '../read-project.ts';
import { type HistorySource, openHistory } from '../runs/open-history.ts';
import { readRun } from '../runs/read-run.ts';
import { compareRuns } from './compare-runs.ts';

export const result = judgedRuns.extend({
  /** Of two runs that were named: the baseline and the candidate beside each other. */
  comparison: runComparisonSchema.optional(),
});
type Result = z.infer<typeof result>;

interface Options extends ProjectOptions {
  readonly first?: string | undefined;
  readonly second?: string | undefined;
  readonly force: boolean;
  readonly source: HistorySource;
}

const PLACE = 'mlops compare';

/** Judges the runs of this commit, or compares the two that are named. */
export async function run(ports: CommandPorts, options: Options): Promise<Outcome<Result>> {
  const { first, second, source } = options;
  if (first === undefined) {
    if (source !== 'folder') throw notBoth('--source', 'only applies to two named runs');
    return runSteps(ports, options, 'compare', { generate: false, train: false, tune: false, judge: true });
  }
  if (second === undefined)
    throw new ConfigError({
      place: PLACE,
      message: 'a second run is missing',
      next: `name it: mlops compare ${first} latest`,
    });
  const others = {
    dataset: options.dataset.length > 0,
    model: options.model.length > 0,
    set: options.set.length > 0,
    threads: options.threads !== undefined,
    force: options.force,
    baseline: options.baseline !== undefined,
  };
  for (const [name, isGiven] of Object.entries(others))
    if (isGiven) throw notBoth(`--${name}`, 'does not apply to two named runs');
  return compareTwo(ports, [first, second], source);
}

async function compareTwo(
  ports: CommandPorts,
  names: readonly [string, string],
  source: HistorySource,
): Promise<Outcome<Result>> {
  const project = await readProjectIfThere(ports);
  const store = await openHistory(ports, source);
  const evaluatedRun = async (name: string): Promise<EvaluatedRun> => {
    const found = await readRun(store, name, { place: PLACE });
    return evaluatedRunIn(ports.evidence, found);
  };
  const [baseline, candidate] = [await evaluatedRun(names[0]), await evaluatedRun(names[1])];
  const { comparison, verdict } = compareRuns(baseline, candidate, project);
  const judgement = judgementOf(verdict, project ?? { onInconclusive: 'pass', onNotComparable: 'fail' });
  return {
    result: {
      runs: [baseline.run, candidate.run],
      verdict,
      report: null,
      comparison,
    },
    ...(judgement && { judgement }),
    files: [],
    warnings: [],
  };
}

function notBoth(option: string, message: string): ConfigError {
  return new ConfigError({
    place: `${PLACE} ${option}`,
    message,
    next: 'leave it out; `mlops compare --help` has examples',
  });
}

export function terminal({ result: { runs, comparison, verdict }, report }: Outcome<Result>): string {
  const [before, after] = runs;
  return comparison ? renderRunComparison(before!, after!, comparison, verdict) : renderTerminal(report!);
}
