/** Numbers the distinct byte strings of a buffer in order of first appearance, without decoding each of them. */
export interface ByteDictionary {
  /** The number of the bytes from `start` to before `end`; equal bytes with another `flag` get another number. */
  code(start: number, end: number, flag: boolean): number;
  /** The first occurrence of each distinct string, by its number. */
  readonly entries: readonly DictionaryEntry[];
}

export interface DictionaryEntry {
  readonly start: number;
  readonly end: number;
  readonly flag: boolean;
}

/** A dictionary over `bytes`, with open addressing; the cost of a lookup is the length of the string. */
export function createByteDictionary(bytes: Uint8Array): ByteDictionary {
  const entries: DictionaryEntry[] = [];
  const hashes: number[] = [];
  let slots = new Int32Array(64).fill(-1);

  const grow = () => {
    slots = new Int32Array(slots.length * 4).fill(-1);
    const mask = slots.length - 1;
    for (let code = 0; code < entries.length; code++) {
      let slot = hashes[code]! & mask;
      while (slots[slot] !== -1) slot = (slot + 1) & mask;
      slots[slot] = code;
    }
  };

  return {
    entries,
    code(start, end, flag) {
      const hash = hashBytes(bytes, start, end);
      const mask = slots.length - 1;
      let slot = hash & mask;
      for (let code = slots[slot]!; code !== -1; code = slots[slot]!) {
        if (hashes[code] === hash && isEntry(bytes, entries[code]!, start, end, flag)) return code;
        slot = (slot + 1) & mask;
      }
      const code = entries.length;
      entries.push({ start, end, flag });
      hashes.push(hash);
      slots[slot] = code;
      if (entries.length * 2 > slots.length) grow();
      return code;
    },
  };
}

function isEntry(bytes: Uint8Array, entry: DictionaryEntry, start: number, end: number, flag: boolean): boolean {
  const length = end - start;
  if (entry.end - entry.start !== length || entry.flag !== flag) return false;
  for (let i = 0; i < length; i++) if (bytes[entry.start + i] !== bytes[start + i]) return false;
  return true;
}

/** FNV-1a with a final mix, so that the low bits depend on every byte. */
function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
}
