import { shortSha } from '../records/short-sha.ts';
import type { MetricSummary, RunSummary } from '../tracking/run-summary.ts';
import { alignColumns } from './columns.ts';
import { number, plural } from './numbers.ts';
import { measuredNote } from './tables.ts';

/**
 * Runs for a terminal, one a line, by the last eight digits of their ids; by the whole id where two have the same.
 *
 * @param total how many there are, of which these are the first.
 */
export function renderRunList(runs: readonly RunSummary[], total: number): string {
  if (total === 0) return '';
  const seen = new Map<string, number>();
  for (const { id } of runs) seen.set(id.slice(-8), (seen.get(id.slice(-8)) ?? 0) + 1);
  const shortId = ({ id }: RunSummary) => (seen.get(id.slice(-8)) === 1 ? id.slice(-8) : id);
  const rows = runs.map((run) => {
    const [metric] = Object.entries(run.metrics);
    return [
      shortId(run),
      minute(run.created),
      run.dataset,
      run.model,
      metric ? metric[0] + measuredNote(run.measuredOn) : '',
      metric ? number(metric[1].pooled) : '',
      metric ? interval(metric[1]) : '',
      commit(run),
    ];
  });
  const header = ['id', 'when (UTC)', 'dataset', 'model', 'metric', 'value', '95 %', 'commit'];
  const more = total - runs.length;
  return [
    ...alignColumns([header, ...rows], ['left', 'left', 'left', 'left', 'left', 'right', 'left', 'left']),
    ...(runs.some(({ dirty }) => dirty) ? ['', '* with uncommitted changes'] : []),
    ...(more > 0 ? ['', `${plural(more, 'more run')}: --limit ${total}`] : []),
    '',
  ].join('\n');
}

function minute(created: string): string {
  return created.slice(0, 16).replace('T', ' ');
}

/** Abbreviated as git does, with a mark for uncommitted changes. */
export function commit({ sha, dirty }: Pick<RunSummary, 'sha' | 'dirty'>): string {
  return (sha === null ? 'none' : shortSha(sha)) + (dirty ? '*' : '');
}

function interval({ low, high }: MetricSummary): string {
  return low === null || high === null ? '' : `${number(low)} – ${number(high)}`;
}
