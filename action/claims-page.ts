import { code, link, prose, type Sentence, sentence, text } from '../core/report/fragments.ts';
import { COMMENT_BYTES, renderMarkdown } from '../core/report/markdown.ts';
import { bullets, markdown, stack } from '../core/report/markdown-blocks.ts';
import type { Report } from '../core/report/report-schema.ts';
import type { Markdown } from '../core/report/to-markdown.ts';
import type { ClaimedReports } from '../github/claimed-reports.ts';
import type { ClaimedRun } from '../github/claimed-run.ts';

/** What stands around the reports takes less. */
const FRAME_BYTES = 5000;
/** A report is never shorter: its verdict stays. */
const FEWEST_BYTES = 2000;
/** Problems that are listed. */
const LISTED = 10;

/**
 * The comment on what jobs say that could not comment themselves. Its first lines say whose word it is; the text of the reports is
 * rendered here, from data, and what cannot be rendered is left out and said so.
 */
export function claimsPage(run: Pick<ClaimedRun, 'origin' | 'url' | 'conclusion'>, claims: ClaimedReports): Markdown {
  const { reports, problems } = claims;
  const bytes = Math.max(FEWEST_BYTES, Math.floor((COMMENT_BYTES - FRAME_BYTES) / Math.max(reports.length, 1)));
  let left = COMMENT_BYTES - FRAME_BYTES;
  const shown: Markdown[] = [];
  for (const report of reports) {
    const page = rendered(report, Math.min(bytes, left));
    const size = page === null ? 0 : Buffer.byteLength(page) + 2;
    if (page === null || size > left) continue;
    shown.push(page);
    left -= size;
  }
  const hidden = reports.length - shown.length;
  const notes = [
    ...(reports.length === 0 ? ['its jobs left no report that can be read'] : []),
    ...(hidden > 0 ? [`${hidden} of ${reports.length} reports cannot be shown`] : []),
    ...problems.slice(0, LISTED),
  ];
  return stack(
    [markdown`### ⚠️ ${title(run)}`, markdown`> ${whoseWord(run)}`, ...shown, bullets(notes.map(prose))].filter(
      (part) => part !== '',
    ),
    '\n\n',
  );
}

function title({ origin }: Pick<ClaimedRun, 'origin'>): Sentence {
  return origin === 'fork'
    ? sentence`Claims of a fork’s run, verified by nobody`
    : sentence`Claims of a run for Dependabot, verified by nobody`;
}

function whoseWord({ url, conclusion }: Pick<ClaimedRun, 'url' | 'conclusion'>): Sentence {
  const run = link(url, text('The workflow run'));
  return sentence`${run} ended with ${code(conclusion)}. What stands below is what its jobs say, and the pull request can make them say anything. This comment stops no merge, and allows none.`;
}

/** Null for a report of the right shape that makes no sense, such as one with a budget that nobody knows. */
function rendered(report: Report, bytes: number): Markdown | null {
  try {
    return renderMarkdown(report, bytes);
  } catch {
    return null;
  }
}
