import type { Problem } from '../../core/errors/app-error.ts';

/** What a comment asks of the App. */
export type Asked =
  | { readonly kind: 'help' }
  | { readonly kind: 'retrain'; readonly names: readonly string[]; readonly settings: readonly Setting[] }
  | { readonly kind: 'mistake'; readonly problem: Problem };

/** A parameter of a model, and its value as YAML reads it. */
export interface Setting {
  readonly key: string;
  readonly value: string;
}

export const USAGE = '/retrain [dataset] [model] [key=value …]';

/** The way out of every mistake. */
const EXAMPLE = 'write it like this: /retrain churn random_forest n_estimators=200';

const NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/;
const SETTING = /^([A-Za-z][A-Za-z0-9_]{0,99})=([A-Za-z0-9_.+-]{1,100})$/;
const MOST_WORDS = 25;

/**
 * Reads the first line of a comment. Everything that may stand there is listed here, and no character of it has a meaning to a shell,
 * to YAML or to a workflow.
 *
 * @returns undefined for a comment that is no command of ours.
 */
export function readComment(body: string): Asked | undefined {
  const [verb, ...words] = body
    .split(/\r?\n/, 1)[0]!
    .trim()
    .split(/[ \t]+/);
  if (verb === '/help') return { kind: 'help' };
  if (verb !== '/retrain') return undefined;
  if (words.length > MOST_WORDS)
    return mistake('the line has too many words', `${words.length}`, `at most ${MOST_WORDS}`);
  const names = words.filter((word) => !word.includes('='));
  const settings: Setting[] = [];
  for (const word of words) {
    const [, key, value] = SETTING.exec(word) ?? [];
    if (key !== undefined && value !== undefined) settings.push({ key, value });
    else if (!NAME.test(word))
      return mistake(
        'a word is neither a name nor a setting',
        word,
        'names, and settings like key=value, of letters, digits and _ . - +',
      );
  }
  if (names.length > 2)
    return mistake(
      'the line has more than two names',
      names.join(' '),
      'one dataset, one model, or both in this order',
    );
  const twice = settings.find(({ key }, i) => settings.some((other, k) => k < i && other.key === key));
  if (twice) return mistake('a parameter is set twice', twice.key, 'each once');
  return { kind: 'retrain', names, settings };
}

function mistake(message: string, found: string, allowed: string): Asked {
  return { kind: 'mistake', problem: { place: '/retrain', message, found, allowed, next: EXAMPLE } };
}
