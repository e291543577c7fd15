import { z } from 'zod';
import { renderRunDiff } from '../../report/run-diff.ts';
import { diffRuns, runDifferenceSchema } from '../../tracking/diff-runs.ts';
import { runSchema } from '../../tracking/run.ts';
import type { Outcome } from '../command.ts';
import type { CommandPorts } from '../ports.ts';
import { type HistorySource, openHistory } from './open-history.ts';
import { readRun } from './read-run.ts';

export const result = z.strictObject({
  /** The two, in the order given. */
  runs: z.array(runSchema),
  differences: z.array(runDifferenceSchema),
});
type Result = z.infer<typeof result>;

export async function run(
  ports: CommandPorts,
  { before, after, source }: { readonly before: string; readonly after: string; readonly source: HistorySource },
): Promise<Outcome<Result>> {
  const store = await openHistory(ports, source);
  const left = await readRun(store, before, { place: 'mlops runs diff' });
  const right = await readRun(store, after, { place: 'mlops runs diff' });
  return { result: { runs: [left, right], differences: diffRuns(left, right) }, files: [], warnings: [] };
}

export function terminal({ result: { runs, differences } }: Outcome<Result>): string {
  return renderRunDiff(runs[0]!, runs[1]!, differences);
}

export function next({ result: { runs } }: Outcome<Result>): string | undefined {
  if (runs[0]!.id === runs[1]!.id) return undefined;
  return `mlops compare ${runs.map(({ id }) => id.slice(-8)).join(' ')}`;
}
