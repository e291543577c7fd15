import type { z } from 'zod';

/** The values that any of these schemas allows, as text: `a whole number from 2 to 20`, `a list or a map`. */
export function allowedValues(nodes: readonly z.ZodType[]): string {
  const named = [...new Set(namedValues(nodes))].join(', ');
  const all = [...new Set([...nodes.map(wordsOf), named])].filter((words) => words !== '');
  // A number of either kind is a number.
  const isCovered = (words: string) => all.includes(words.replace(/^a whole number/, 'a number'));
  return all.filter((words) => !words.startsWith('a whole number') || !isCovered(words)).join(' or ');
}

/** The values that schemas name one by one: those of enums and literals. */
export function namedValues(nodes: readonly z.ZodType[]): string[] {
  return nodes.flatMap((node) => {
    if (node.def.type === 'enum') return (node as z.ZodEnum).options.map(String);
    return node.def.type === 'literal' ? [...(node as z.ZodLiteral).values].map(String) : [];
  });
}

function wordsOf(node: z.ZodType): string {
  switch (node.def.type) {
    case 'number':
      return numberWords(node as z.ZodNumber);
    case 'string':
      return stringWords(node);
    case 'boolean':
      return 'true or false';
    case 'array':
      return 'a list';
    case 'object':
    case 'record':
      return 'a map';
    case 'null':
      return 'null';
    default:
      return '';
  }
}

interface Check {
  readonly check: string;
  readonly value?: number;
  readonly inclusive?: boolean;
  /** The message that a pattern was given: here always what the pattern allows. */
  readonly error?: (issue: object) => string;
}

function checksOf(node: z.ZodType): Check[] {
  return (node.def.checks ?? []).map((check) => check._zod.def as unknown as Check);
}

function numberWords(node: z.ZodNumber): string {
  const noun = node.isInt ? 'a whole number' : 'a number';
  const bound = (kind: string) => checksOf(node).findLast(({ check }) => check === kind);
  const [low, high] = [bound('greater_than'), bound('less_than')];
  if (low?.inclusive && high?.inclusive) return `${noun} from ${low.value} to ${high.value}`;
  const limits = [
    ...(low ? [`${low.inclusive ? 'of at least' : 'above'} ${low.value}`] : []),
    ...(high ? [`${high.inclusive ? 'at most' : 'below'} ${high.value}`] : []),
  ];
  return [noun, limits.join(' and ')].filter((part) => part !== '').join(' ');
}

function stringWords(node: z.ZodType): string {
  const pattern = checksOf(node).find(({ error }) => error !== undefined);
  return pattern?.error?.({}) ?? 'text';
}
