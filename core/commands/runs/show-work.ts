import { z } from 'zod';
import { renderRunPage } from '../../report/run-page.ts';
import { runSchema } from '../../tracking/run.ts';
import { runLocationsSchema } from '../../tracking/run-locations.ts';
import type { Outcome } from '../command.ts';
import type { CommandPorts } from '../ports.ts';
import { locateRun } from './locate-run.ts';
import { type HistorySource, openHistory } from './open-history.ts';
import { readRun } from './read-run.ts';

export const result = z.strictObject({
  run: runSchema,
  locations: runLocationsSchema,
});
type Result = z.infer<typeof result>;

export async function run(
  ports: CommandPorts,
  { run: name, source }: { readonly run: string; readonly source: HistorySource },
): Promise<Outcome<Result>> {
  const found = await readRun(await openHistory(ports, source), name, { place: 'mlops runs show' });
  const locations = await locateRun(found, {
    files: ports.files,
    evidence: ports.evidence,
    evidenceFolder: '.mlops',
  });
  return { result: { run: found, locations }, files: [], warnings: [] };
}

export function terminal({ result: { run: shown, locations } }: Outcome<Result>): string {
  return renderRunPage(shown, locations);
}
