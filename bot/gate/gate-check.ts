import type { Markdown } from '../../core/report/to-markdown.ts';
import { GATE } from '../../github/app-gate.ts';
import type { InstalledRepository } from '../installation.ts';

/** What the check shows. */
export interface GateState {
  readonly status: 'queued' | 'in_progress' | 'success' | 'failure';
  /** Plain text. */
  readonly title: string;
  readonly summary: Markdown;
  /** The newest workflow run that was looked at; null where there is none yet. */
  readonly of: { readonly id: number; readonly attempt: number } | null;
  readonly url?: string | undefined;
}

const MAX_TITLE = 255;

/**
 * Shows the state on the App's one check of a commit. What is about an older workflow run or attempt than the check is, is not shown:
 * GitHub delivers in any order, and its lists may lag.
 *
 * @returns whether it was shown.
 */
export async function showGate(
  { octokit, repository, repositoryId, appId }: InstalledRepository,
  headSha: string,
  state: GateState,
): Promise<boolean> {
  const { data } = await octokit.rest.checks.listForRef({
    ...repository,
    ref: headSha,
    check_name: GATE,
    app_id: appId,
    filter: 'all',
    per_page: 100,
  });
  const [own] = data.check_runs.filter((one) => one.app?.id === appId).sort((a, b) => a.id - b.id);
  const shown = own?.external_id ? placeOf(own.external_id) : null;
  if (shown && isOlder(state.of, shown)) return false;
  const isDone = state.status === 'success' || state.status === 'failure';
  const content = {
    ...repository,
    external_id: `${repositoryId}:${headSha}:${state.of?.id ?? 0}:${state.of?.attempt ?? 0}`,
    ...(state.url !== undefined && { details_url: state.url }),
    output: { title: cut(state.title), summary: state.summary },
    ...(isDone
      ? { status: 'completed' as const, conclusion: state.status as 'success' | 'failure' }
      : { status: state.status as 'queued' | 'in_progress' }),
  };
  if (own) await octokit.rest.checks.update({ ...content, check_run_id: own.id });
  else await octokit.rest.checks.create({ ...content, name: GATE, head_sha: headSha });
  return true;
}

/** The workflow run that a check is about, and its attempt; null where it says none. */
export function placeOf(externalId: string): { readonly id: number; readonly attempt: number } | null {
  const [, id, attempt] = /:(\d+):(\d+)$/.exec(externalId) ?? [];
  return id === undefined ? null : { id: Number(id), attempt: Number(attempt) };
}

function isOlder(state: GateState['of'], shown: { readonly id: number; readonly attempt: number }): boolean {
  const { id, attempt } = state ?? { id: 0, attempt: 0 };
  return id < shown.id || (id === shown.id && attempt < shown.attempt);
}

function cut(title: string): string {
  const characters = [...title];
  return characters.length <= MAX_TITLE ? title : `${characters.slice(0, MAX_TITLE - 1).join('')}…`;
}
