import { formatProblem, type Problem } from '../core/errors/app-error.ts';
import { text as fragment, link, prose, type Sentence, sentence } from '../core/report/fragments.ts';
import { markdown, stack, verbatim } from '../core/report/markdown-blocks.ts';
import type { Markdown } from '../core/report/to-markdown.ts';

/** The most characters of what went wrong. */
const LONGEST = 20_000;

/** What went wrong in a job, for its summary and its comment: the title says what, and what to do next. */
export function errorPage(problems: readonly Problem[], runUrl: string): Markdown {
  const text = problems.map(formatProblem).join('\n').slice(0, LONGEST);
  const log = link(runUrl, fragment('The log'));
  const parts = [
    markdown`### ${sentence`❌ Nothing was judged: ${titleOf(problems)}`}`,
    verbatim(text),
    markdown`${sentence`${log} has more.`}`,
  ];
  return stack(parts, '\n\n');
}

function titleOf([first, ...more]: readonly Problem[]): Sentence {
  if (!first) return prose('the job could not finish');
  const { file, place, message, next } = first;
  const parts = [file, place].filter((part) => part !== undefined).map((part) => `\`${part.replaceAll('`', '')}\``);
  const [what = ''] = message.split('\n');
  const others = more.length > 0 ? ` (and ${more.length} more)` : '';
  const toDo = next === undefined ? '' : `. To mend it: ${next.split('\n')[0]}`;
  return sentence`${prose(`${[...parts, what].join(': ')}${others}`)}${prose(toDo)}`;
}
