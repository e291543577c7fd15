import { DataError } from '../errors/app-error.ts';
import { listNames } from '../errors/list-names.ts';
import { suggest } from '../registry/suggest.ts';

/** @throws DataError that lists every column with a declared kind that is not in the table. */
export function checkDeclared(declared: readonly string[], names: readonly string[], file: string): void {
  const known = new Set(names);
  const absent = declared.filter((name) => !known.has(name));
  if (absent.length === 0) return;
  throw new DataError(
    absent.map((name) => {
      const near = suggest(name, names);
      return {
        message: `\`columns\` declares "${name}", but the file has no such column`,
        file,
        found: listNames(names),
        next: near === undefined ? 'use the name of a column in the file' : `did you mean "${near}"?`,
      };
    }),
  );
}
