import { markdown, stack } from './markdown-blocks.ts';
import { type Markdown, toMarkdown } from './to-markdown.ts';

const encoder = new TextEncoder();
const NOTHING = toMarkdown([]);

/** A part of a report. `priority`: 0 stays whatever happens; of the others the highest number goes first. */
export interface Section {
  readonly priority: number;
  readonly text: Markdown;
  /** What to say in its place, where that matters. */
  readonly instead?: Markdown;
}

/** Joins sections with blank lines; drops whole sections, least important first, until the text fits so many bytes. */
export function fitToBudget(sections: readonly Section[], maxBytes: number): Markdown {
  const kept = sections.filter(({ text }) => text !== '').map((section) => ({ ...section, dropped: false }));
  const join = () => {
    const shown = kept.map(({ dropped, text, instead }) => (dropped ? (instead ?? NOTHING) : text));
    return markdown`${stack(
      shown.filter((text) => text !== ''),
      '\n\n',
    )}\n`;
  };
  const order = kept.filter(({ priority }) => priority > 0).sort((a, b) => b.priority - a.priority);
  for (const section of order) {
    if (encoder.encode(join()).length <= maxBytes) break;
    section.dropped = true;
  }
  return join();
}
