import { code, link, type Sentence, sentence, text } from '../../core/report/fragments.ts';
import { COMMENT_BYTES, renderMarkdown } from '../../core/report/markdown.ts';
import { markdown, stack } from '../../core/report/markdown-blocks.ts';
import { type Markdown, toMarkdown } from '../../core/report/to-markdown.ts';
import type { ClaimedPage } from './claims.ts';
import type { JudgedProject } from './judge-project.ts';

/** What the heading of a project and the lines around it take of a comment. */
const HEADING_BYTES = 500;
/** A report is never shorter: its verdict stays. */
const FEWEST_BYTES = 2000;
/** Links of one line. */
const MOST_PAGES = 20;

type NamedProject = Pick<JudgedProject, 'report' | 'passes'> & { readonly file: string };

/**
 * The comment: what each project came to, and where its HTML report can be opened. It is never longer than GitHub takes: the
 * projects that pass are left out first.
 */
export function bodyOf(projects: readonly NamedProject[], pages: readonly ClaimedPage[]): Markdown {
  const bytes = Math.max(FEWEST_BYTES, Math.floor(COMMENT_BYTES / projects.length) - HEADING_BYTES);
  const bodies: Markdown[] = [];
  let left = COMMENT_BYTES - HEADING_BYTES;
  for (const project of [...projects].sort((a, b) => Number(a.passes) - Number(b.passes))) {
    const own = pages.filter(({ projects: of }) => of.includes(project.file));
    const body = projectBody(project, own, Math.min(bytes, left));
    const named = projects.length === 1 ? body : stack([markdown`## ${sentence`${code(project.file)}`}`, body], '\n\n');
    const size = Buffer.byteLength(named) + 2;
    if (size > left && bodies.length > 0) break;
    bodies.push(named);
    left -= size;
  }
  const more = projects.length - bodies.length;
  if (more > 0) bodies.push(toMarkdown(sentence`${String(more)} more project files are left out for length.`));
  return stack(bodies, '\n\n');
}

function projectBody({ report }: NamedProject, pages: readonly ClaimedPage[], bytes: number): Markdown {
  if (pages.length <= 1) return renderMarkdown(report, bytes, pages[0]?.url);
  const links = pages
    .slice(0, MOST_PAGES)
    .flatMap(
      ({ url, datasets }, i): Sentence => [
        text(i === 0 ? 'Reports with charts: ' : ', '),
        link(url, code(datasets.join(' '))),
      ],
    );
  const line = toMarkdown(links);
  return stack([line, renderMarkdown(report, bytes - Buffer.byteLength(line) - 2)], '\n\n');
}
