import type { DeclaredColumns } from './value-column.ts';

/** Digits that a double may not hold. */
const LONG_DIGITS = /\d{16}/;
const WHOLE = /^-?\d+$/;

/** Which columns' numbers are wanted as they are spelt; null: none. */
export function isSpelt({ asWritten, kinds = {} }: DeclaredColumns): ((name: string) => boolean) | null {
  return asWritten ? (name) => !Object.hasOwn(kinds, name) : null;
}

/**
 * JSON whose whole numbers beyond 2⁵³ keep their digits, as `bigint`.
 *
 * @param spelt keys whose numbers become the text that is written.
 */
export function parseJson(text: string, spelt: ((name: string) => boolean) | null): unknown {
  if (!spelt && !LONG_DIGITS.test(text)) return JSON.parse(text);
  return JSON.parse(text, (name, value: unknown, context?: { readonly source?: string }) => {
    if (typeof value !== 'number' || context?.source === undefined) return value;
    if (spelt?.(name)) return context.source;
    return !Number.isSafeInteger(value) && WHOLE.test(context.source) ? BigInt(context.source) : value;
  });
}
