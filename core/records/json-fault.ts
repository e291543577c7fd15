/** Levels of lists and objects within each other. Our own records have six. */
const MAX_DEPTH = 32;

/**
 * Why a JSON value cannot be kept as part of a record, or undefined. Fields that nobody knows are kept, so what could harm whoever
 * copies them later is refused here.
 */
export function jsonFault(value: unknown, depth = 0): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth >= MAX_DEPTH) return `lists and objects are nested more than ${MAX_DEPTH} deep`;
  if (Object.hasOwn(value, '__proto__')) return '"__proto__" is not a valid field name';
  for (const each of Object.values(value)) {
    const fault = jsonFault(each, depth + 1);
    if (fault !== undefined) return fault;
  }
  return undefined;
}
