import { DataError } from '../errors/app-error.ts';
import { suggest } from '../registry/suggest.ts';

/** @throws DataError that names every column which has a kind declared and is not in the table. */
export function checkDeclared(declared: readonly string[], names: readonly string[], file: string): void {
  const known = new Set(names);
  const absent = declared.filter((name) => !known.has(name));
  if (absent.length === 0) return;
  throw new DataError(
    absent.map((name) => {
      const near = suggest(name, names);
      return {
        message: `a kind is declared for "${name}", a column the file has not`,
        file,
        allowed: names.map((each) => `"${each}"`).join(', '),
        next: near === undefined ? 'name a column of the file' : `did you mean "${near}"?`,
      };
    }),
  );
}
