import { lineFor, openPoints } from '../comparison/accept.ts';
import { rolesFrom } from '../config/accept-role.ts';
import { code, join, type Sentence, sentence } from './fragments.ts';
import { markdown, stack, verbatim } from './markdown-blocks.ts';
import type { Report } from './report-schema.ts';
import { type Markdown, toMarkdown } from './to-markdown.ts';

const NOTHING = toMarkdown([]);
const MOST_LINES = 20;

/** What to write into which comment, where something stops a merge that a person may let pass. */
export function howToAccept({ verdict, stopsMerge, accepting }: Report): Markdown {
  if (!accepting || !verdict || !stopsMerge) return NOTHING;
  const open = openPoints(verdict);
  // A doubt stops nothing beside a failure.
  const stopping = open.filter((point) => !('outcome' in point) || point.outcome !== 'inconclusive');
  const points = verdict.outcome === 'inconclusive' ? open : stopping;
  if (points.length === 0) return NOTHING;
  const sha = accepting.sha ?? '<the head commit of the pull request>';
  const lines = [...new Set(points.map((point) => lineFor(point, sha)))].slice(0, MOST_LINES);
  const roles = join(rolesFrom(accepting.role).map(code), ' or ');
  const lead = sentence`: somebody with the role ${roles} begins a comment on ${accepting.sha === null ? 'its' : 'this'} pull request with the lines that shall count, and writes a reason in place of the dots.`;
  return stack(
    [markdown`**To accept it as it is**${lead}`, verbatim(lines.join('\n')), toMarkdown(afterwards(accepting.rerun))],
    '\n',
  );
}

function afterwards(rerun: string | null): Sentence {
  if (rerun === null) return sentence`It is judged again at once.`;
  return sentence`A comment starts no job, so run the failed ones again: ${code(rerun)}`;
}
