import { ConfigError } from '../../errors/app-error.ts';
import { runTable } from '../../report/run-table.ts';
import type { CommandPorts } from '../ports.ts';
import { writeTable } from '../written-table.ts';
import { type Choice, chooseRuns } from './choose-runs.ts';
import { type HistorySource, openHistory, summariesOf } from './open-history.ts';

export { renderWrittenTable as terminal, writtenTable as result } from '../written-table.ts';

/** Writes the runs that a filter lets through. */
export async function run(
  ports: CommandPorts,
  {
    csv,
    out,
    source,
    ...choice
  }: Choice & { readonly csv: boolean; readonly out?: string | undefined; readonly source: HistorySource },
) {
  if (!csv) {
    throw new ConfigError({
      place: 'mlops runs export',
      message: 'the format is missing',
      allowed: '--csv',
      next: 'add --csv',
    });
  }
  const all = await summariesOf(await openHistory(ports, source), ports);
  return writeTable(runTable(chooseRuns(all, choice)), out, ports);
}
