import type { RunSummary } from '../run-summary.ts';
import { kindOf, valueIn } from './fields.ts';
import type { Field, Filter, Operator, Value } from './filter.ts';

/**
 * Whether a filter holds for runs. A test of something a run does not have is false, whatever the operator, unless it
 * asks for `null`; `not` turns that round.
 */
export function matcherOf(filter: Filter): (run: RunSummary) => boolean {
  switch (filter.kind) {
    case 'test': {
      const { field } = filter;
      const holds = testOf(filter);
      return (run) => holds(valueIn(field, run));
    }
    case 'not': {
      const inner = matcherOf(filter.of);
      return (run) => !inner(run);
    }
    case 'and': {
      const parts = filter.of.map(matcherOf);
      return (run) => parts.every((part) => part(run));
    }
    case 'or': {
      const parts = filter.of.map(matcherOf);
      return (run) => parts.some((part) => part(run));
    }
  }
}

function testOf({ field, operator, value }: Extract<Filter, { kind: 'test' }>): (found: Value) => boolean {
  if (value === null) return (found) => (operator === '=' ? found === null : operator === '!=' && found !== null);
  if (operator === '~') {
    const pattern = patternOf(String(value));
    return (found) => found !== null && pattern.test(String(found));
  }
  const order = orderOf(field, value);
  return (found) => {
    if (found === null) return false;
    const compared = order(found);
    return compared === null ? operator === '!=' : holds(operator, compared);
  };
}

function holds(operator: Operator, order: number): boolean {
  return (
    (operator === '=' && order === 0) ||
    (operator === '!=' && order !== 0) ||
    (operator === '<' && order < 0) ||
    (operator === '<=' && order <= 0) ||
    (operator === '>' && order > 0) ||
    (operator === '>=' && order >= 0)
  );
}

/** The sign of what a run has minus the value asked for; null when they are not of one kind, so not equal. */
function orderOf(field: Field, value: Exclude<Value, null>): (found: Exclude<Value, null>) => number | null {
  const text = String(value);
  if (kindOf(field) === 'time') {
    // A day stands for all of it: cut to as much as was asked for, a time is before, in or after it.
    const asked = text.toUpperCase().replace(/Z$/, '');
    return (found) => compare(String(found).slice(0, asked.length), asked);
  }
  if (field.group === 'run' && field.name === 'sha') {
    const asked = text.toLowerCase();
    const isShort = /^[0-9a-f]{4,}$/.test(asked);
    return (found) => (isShort ? Number(!String(found).startsWith(asked)) : compare(String(found), asked));
  }
  const number = typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value);
  return (found) => {
    if (typeof found === 'number') return Number.isFinite(number) && typeof value !== 'boolean' ? found - number : null;
    if (typeof found === 'boolean') return String(found) === text.toLowerCase() ? 0 : null;
    return found === text ? 0 : kindOf(field) === 'any' ? null : compare(found, text);
  };
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** `*` and `%` stand for any text, `?` for one character; without them the text may be anywhere. Capitals do not matter. */
function patternOf(text: string): RegExp {
  const source = text.replace(/[\\^$.*+?()[\]{}|/]/g, (character) => `\\${character}`);
  if (!/[*%?]/.test(text)) return new RegExp(source, 'iu');
  return new RegExp(`^${source.replace(/(\\\*|%)+/g, '.*').replaceAll('\\?', '.')}$`, 'isu');
}
