import type { Hashes } from '../../test/hashes/compute-hashes.ts';

/** What of these hashes is not as committed, a line for each, by name. */
export function hashDifferences(committed: Hashes, computed: Hashes): string[] {
  return Object.entries(computed).flatMap(([name, parts]) =>
    Object.entries(parts)
      .filter(([part, hash]) => committed[name]?.[part] !== hash)
      .map(([part, hash]) => {
        const expected = committed[name]?.[part]?.slice(0, 12) ?? 'nothing';
        return `${name}: ${part} ${hash.slice(0, 12)}, models.json has ${expected}`;
      }),
  );
}

/** What is committed and was not computed at all: a case that is gone, or one that every way forgot. */
export function hashesNotComputed(committed: Hashes, computed: readonly Hashes[]): string[] {
  return Object.entries(committed).flatMap(([name, parts]) =>
    Object.keys(parts)
      .filter((part) => !computed.some((hashes) => hashes[name]?.[part] !== undefined))
      .map((part) => `${name}: ${part} is in models.json, and nothing computes it`),
  );
}
