import { ConfigError } from '../../errors/app-error.ts';
import { suggest } from '../../registry/suggest.ts';
import { fieldOf, kindOf } from './fields.ts';
import { type Field, type Filter, OPERATORS, type Operator, type Value } from './filter.ts';
import { placeOf, type Token, tokenise } from './tokens.ts';

const ALIASES: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ...OPERATORS.map((sign) => [sign, sign] as const),
  ['==', '='],
  ['<>', '!='],
  ['like', '~'],
  ['ilike', '~'],
]);
/** Nesting that no person writes, and that must not exhaust the stack. */
const MAX_DEPTH = 100;
const TIME = /^\d{4}(-\d{2}(-\d{2}(T\d{2}(:\d{2}(:\d{2}(\.\d+)?)?)?Z?)?)?)?$/i;

/**
 * Reads a filter:
 *
 *     filter = and { "or" and }          and  = not { "and" not }
 *     not    = "not" not | "(" filter ")" | test
 *     test   = field operator value | field "not" "like" value | flag
 *
 * @param checkField throws for metrics and parameters that no run has (`nameChecker`).
 * @throws ConfigError that names the place, what is allowed there and the nearest word.
 */
export function parseFilter(source: string, checkField: (field: Field, place: string) => void = () => {}): Filter {
  const tokens = tokenise(source);
  let next = 0;
  let depth = 0;
  const peek = () => tokens[next]!;
  const isWord = (word: string) => peek().kind === 'word' && peek().text.toLowerCase() === word;
  const accept = (word: string) => isWord(word) && ++next > 0;
  const fail = (token: Token, message: string, more: { allowed?: string; next?: string | undefined } = {}) =>
    new ConfigError({
      place: placeOf(source, token.at),
      message,
      ...(token.kind !== 'end' && { found: token.text }),
      ...(more.allowed && { allowed: more.allowed }),
      ...(more.next && { next: more.next }),
    });

  const list = (kind: 'and' | 'or', part: () => Filter): Filter => {
    const of = [part()];
    while (accept(kind)) of.push(part());
    return of.length === 1 ? of[0]! : { kind, of };
  };
  const filter = (): Filter => list('or', () => list('and', not));

  function not(): Filter {
    if (++depth > MAX_DEPTH) throw fail(peek(), 'the filter is nested too deeply');
    try {
      if (accept('not')) return { kind: 'not', of: not() };
      if (peek().kind !== 'open') return test();
      const open = tokens[next++]!;
      const inner = filter();
      if (peek().kind !== 'close')
        throw peek().kind === 'end' ? fail(open, 'the parenthesis is never closed') : unexpected(peek());
      next++;
      return inner;
    } finally {
      depth--;
    }
  }

  function test(): Filter {
    const token = tokens[next++]!;
    if (token.kind !== 'word')
      throw fail(token, 'a field is expected here', { allowed: 'a field, "not" or a parenthesis' });
    const field = fieldOf(token.text, placeOf(source, token.at));
    checkField(field, placeOf(source, token.at));
    const kind = kindOf(field);
    if (kind === 'flag' && (peek().kind === 'end' || peek().kind === 'close' || isWord('and') || isWord('or')))
      return { kind: 'test', field, operator: '=', value: true };
    const negated = accept('not');
    const sign = tokens[next++]!;
    const operator = operatorOf(sign);
    if (negated && operator !== '~') throw fail(sign, '"not" stands before a test, or before "like"');
    allowOperator(operator, kind, sign);
    const valueToken = tokens[next++]!;
    const tested: Filter = { kind: 'test', field, operator, value: readValue(valueToken, field) };
    if (tested.value === null && operator !== '=' && operator !== '!=')
      throw fail(valueToken, 'null works only with = and !=', { allowed: '= null, != null' });
    if (kind === 'any' && '<>'.includes(operator[0]!) && operator !== '!=' && !isNumeric(tested.value))
      throw fail(valueToken, `${operator} compares with a number`, { allowed: 'a number' });
    return negated ? { kind: 'not', of: tested } : tested;
  }

  function operatorOf(token: Token): Operator {
    const operator =
      token.kind === 'operator' || token.kind === 'word' ? ALIASES.get(token.text.toLowerCase()) : undefined;
    if (operator) return operator;
    const instead =
      { '=>': '>=', '=<': '<=', '=!': '!=', '=~': '~', '!~': 'not like' }[token.text] ??
      suggest(token.text, ALIASES.keys());
    throw fail(token, token.kind === 'end' ? 'an operator is missing' : 'is not an operator', {
      allowed: `${OPERATORS.join(' ')} like`,
      next: instead && `did you mean "${instead}"?`,
    });
  }

  function allowOperator(operator: Operator, kind: ReturnType<typeof kindOf>, token: Token): void {
    const allowed = { text: '= != ~', flag: '= !=', number: '= != < <= > >=', time: '= != < <= > >=', any: '' }[kind];
    if (kind === 'any' || allowed.split(' ').includes(operator)) return;
    throw fail(token, `a ${kind === 'flag' ? 'yes or no' : kind} cannot be compared this way`, { allowed });
  }

  function readValue(token: Token, field: Field): Value {
    if (token.kind !== 'word' && token.kind !== 'text')
      throw fail(token, token.kind === 'end' ? 'a value is missing' : 'a value is expected here', {
        ...(token.kind === 'operator' && { next: 'put text with special characters in quotes' }),
      });
    const { text } = token;
    const plain = token.kind === 'word';
    if (plain && text.toLowerCase() === 'null') return null;
    const number = Number(text);
    const isNumber = isNumeric(text);
    const kind = kindOf(field);
    if (kind === 'number') {
      if (isNumber) return number;
      throw fail(token, `${field.group}.${field.name} is a number`, { allowed: 'a number, or null' });
    }
    if (kind === 'flag' || (kind === 'any' && plain && /^(true|false)$/i.test(text))) {
      if (/^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
      throw fail(token, `${field.name} is true or false`, { allowed: 'true, false' });
    }
    if (kind === 'time' && !isTime(text))
      throw fail(token, `${field.name} is a date`, {
        allowed: '2026, 2026-01, 2026-01-31 or 2026-01-31T12:00, in UTC',
      });
    if (field.group === 'run' && field.name === 'task' && !['regression', 'classification'].includes(text))
      throw fail(token, 'is not a task', {
        allowed: 'regression, classification',
        next: withQuestion(suggest(text, ['regression', 'classification'])),
      });
    return kind === 'any' && plain && isNumber ? number : text;
  }

  function unexpected(token: Token): ConfigError {
    const word = token.kind === 'word' ? token.text.toLowerCase() : '';
    const near = suggest(word, ['and', 'or']) ?? (/^(adn|dna|nad|nda|dan)$/.test(word) ? 'and' : undefined);
    return fail(token, token.kind === 'close' ? 'no parenthesis is open here' : 'is not expected here', {
      allowed: '"and", "or" or the end',
      next:
        token.text === '&&' || token.text === ','
          ? 'write "and"'
          : token.text === '||'
            ? 'write "or"'
            : withQuestion(near),
    });
  }

  const whole = filter();
  if (peek().kind !== 'end') throw unexpected(peek());
  return whole;
}

function isNumeric(value: Value): boolean {
  return (
    typeof value === 'number' || (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)))
  );
}

function withQuestion(near: string | undefined): string | undefined {
  return near && `did you mean "${near}"?`;
}

function isTime(text: string): boolean {
  if (!TIME.test(text)) return false;
  const [date, time = '00'] = text.toUpperCase().replace(/Z$/, '').split('T') as [string, string?];
  const [year, month = '01', day = '01'] = date.split('-');
  const [hour, minute = '00', second = '00'] = time.split(':');
  const whole = `${year}-${month}-${day}T${hour}:${minute}:${second.slice(0, 2)}`;
  const read = new Date(`${whole}Z`);
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(whole);
}
