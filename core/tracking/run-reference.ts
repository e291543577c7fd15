import { StoreError } from '../errors/app-error.ts';
import { suggest } from '../registry/suggest.ts';
import type { RunSummary } from './run-summary.ts';

/** Runs that a message about an ambiguous name lists. */
const SHOWN = 5;

/**
 * The run that a text names: its id, the beginning of it or its last eight digits, as long as no other run's fits; or
 * `latest`, `latest:<dataset>`, `latest:<dataset>/<model>`.
 *
 * @param runs newest first.
 * @param options.place where the name was given, for messages.
 * @param options.source what the runs are out of, for messages.
 * @param options.orFile whether a file could have been named as well.
 * @throws StoreError when none or several are meant.
 */
export function findRun(
  runs: readonly RunSummary[],
  name: string,
  { place, source, orFile = false }: { readonly place: string; readonly source: string; readonly orFile?: boolean },
): RunSummary {
  const latest = /^latest(?::([^/]+)(?:\/(.+))?)?$/.exec(name);
  if (latest) return newest(runs, latest[1], latest[2], { place, source });
  const exact = runs.find(({ id }) => id === name);
  if (exact) return exact;
  const meant = runs.filter(({ id }) => name !== '' && (id.startsWith(name) || id.slice(-8) === name));
  if (meant.length === 1) return meant[0]!;
  if (meant.length > 1) {
    const shown = meant.slice(0, SHOWN).map(({ id }) => id);
    throw new StoreError({
      place,
      message: `"${name}" matches ${meant.length} runs`,
      allowed: [...shown, ...(meant.length > SHOWN ? ['…'] : [])].join(', '),
      next: 'give more of the id, or its last eight digits',
    });
  }
  const near = suggest(
    name,
    runs.map(({ id }) => id),
  );
  throw new StoreError({
    place,
    message: orFile ? `"${name}" is neither a file nor a run` : `there is no run "${name}"`,
    found: runs.length === 0 ? `no runs in ${source}` : `the newest run is ${runs[0]!.id}`,
    next: near ? `did you mean "${near}"?` : '`mlops runs list` lists them; `latest` is the newest',
  });
}

/** The best trial of a study is not what the project file gives, and has no model file: it is named by its id alone. */
function newest(
  all: readonly RunSummary[],
  dataset: string | undefined,
  model: string | undefined,
  { place, source }: { readonly place: string; readonly source: string },
): RunSummary {
  const runs = all.filter(({ study }) => study === null);
  const found = runs.find(
    (run) => (dataset === undefined || run.dataset === dataset) && (model === undefined || run.model === model),
  );
  if (found) return found;
  const pairs = [...new Set(runs.map((run) => `${run.dataset}/${run.model}`))];
  throw new StoreError({
    place,
    message: dataset === undefined ? 'there is no run yet' : `there is no run of ${dataset}${model ? ` ${model}` : ''}`,
    found: pairs.length === 0 ? `no runs in ${source}` : `runs of ${pairs.slice(0, 20).join(', ')}`,
    next: pairs.length === 0 ? '`mlops train` records runs' : 'name one of these',
  });
}
