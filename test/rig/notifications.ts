import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

/** What GitHub finds in a comment: who is notified, and what is linked and told of it. */
export interface Notification {
  readonly kind: 'mention' | 'team' | 'issue' | 'commit';
  readonly text: string;
}

/**
 * GitHub's filters on a comment's text: Markdown becomes HTML, entities are decoded, and only then are mentions and
 * references looked for, outside of code and links. So `&#64;name` notifies, and `` `@name` `` does not.
 */
export function notificationsOf(body: string): readonly Notification[] {
  const html = micromark(body, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });
  const linked = Array.from(html.matchAll(ISSUE_LINK), ([, url]) => ({ kind: 'issue', text: url! }) as const);
  return [...textsOutsideCode(html).flatMap(found), ...linked];
}

/** A link to an issue tells the issue of it, whatever its text is. */
const ISSUE_LINK = /<a [^>]*href="(https?:\/\/github\.com\/[\w.-]+\/[\w.-]+\/(?:issues|pull|discussions)\/\d+)/gi;

/** A name or word does not go on before it. */
const BEFORE = '(?<![\\w`/@.-])';
const PATTERNS: readonly (readonly [Notification['kind'], RegExp])[] = [
  ['team', new RegExp(`${BEFORE}@[a-z\\d](?:[a-z\\d-]*[a-z\\d])?/[a-z\\d][\\w.-]*`, 'gi')],
  ['mention', new RegExp(`${BEFORE}@[a-z\\d](?:[a-z\\d]|-(?=[a-z\\d])){0,38}(?![\\w/-])`, 'gi')],
  ['issue', /(?<![\w&/#-])(?:[\w.-]+\/[\w.-]+|[\w-]+)?#\d+\b|(?<!\w)GH-\d+\b/gi],
  ['commit', /(?<![\w/#@.-])(?:[\w.-]+(?:\/[\w.-]+)?@)?(?=[0-9a-f]*\d)[0-9a-f]{7,40}(?![\w-])/g],
];

function found(text: string): Notification[] {
  return PATTERNS.flatMap(([kind, pattern]) => Array.from(text.matchAll(pattern), ([hit]) => ({ kind, text: hit })));
}

/** The texts between tags, decoded; those in `<code>`, `<pre>`, links, scripts and comments left out. */
function textsOutsideCode(html: string): string[] {
  const texts: string[] = [];
  const closed = new Set(['code', 'pre', 'tt', 'a', 'style', 'script']);
  const open: string[] = [];
  let text = '';
  const flush = () => {
    if (text !== '') texts.push(text);
    text = '';
  };
  for (const [token, tag] of html.matchAll(
    /<!--[\s\S]*?-->|<\/?([a-z][a-z\d-]*)(?:"[^"]*"|'[^']*'|[^'">])*>|[^<]+|</gi,
  )) {
    if (tag === undefined) {
      if (!token.startsWith('<!--') && open.length === 0) text += decode(token);
      continue;
    }
    flush();
    const name = tag.toLowerCase();
    if (!closed.has(name)) continue;
    if (!token.startsWith('</')) open.push(name);
    else if (open.includes(name)) open.length = open.lastIndexOf(name);
  }
  flush();
  return texts;
}

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  commat: '@',
  num: '#',
  sol: '/',
};

/** Markdown's own entities are decoded by the parser; these are what it wrote, and those of raw HTML. */
function decode(text: string): string {
  return text.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w+));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return NAMED[name] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
  });
}
