/** Most entries of a dictionary: a place among them takes two bytes. */
export const MAX_DICTIONARY = 65_536;

/** The distinct elements of an array, and the place of each element among them. */
export interface Dictionary {
  /** size × `width` words, ascending by their bits: the last word of an element counts most. */
  readonly entries: Uint32Array;
  readonly size: number;
  /** Per element. */
  readonly places: Uint16Array;
}

/**
 * Finds the distinct elements among elements of `width` words each, told apart by their bits.
 *
 * @returns undefined when there are more than `MAX_DICTIONARY`.
 */
export function buildDictionary(words: Uint32Array, width: 1 | 2): Dictionary | undefined {
  const n = words.length / width;
  const high = width - 1;
  let capacity = 2;
  while (capacity < 2 * Math.min(n, MAX_DICTIONARY)) capacity *= 2;
  const slots = new Int32Array(capacity).fill(-1);
  const mask = capacity - 1;
  const firsts: number[] = [];
  const ids = new Uint16Array(n);
  for (let i = 0, at = 0; i < n; i++, at += width) {
    let slot = hash(words[at]!, words[at + high]!) & mask;
    for (;;) {
      const id = slots[slot]!;
      if (id < 0) {
        if (firsts.length === MAX_DICTIONARY) return undefined;
        slots[slot] = firsts.length;
        ids[i] = firsts.length;
        firsts.push(at);
        break;
      }
      const first = firsts[id]!;
      if (words[first] === words[at] && words[first + high] === words[at + high]) {
        ids[i] = id;
        break;
      }
      slot = (slot + 1) & mask;
    }
  }
  const size = firsts.length;
  const order = Uint32Array.from({ length: size }, (_, id) => id).sort(
    (a, b) => words[firsts[a]! + high]! - words[firsts[b]! + high]! || words[firsts[a]!]! - words[firsts[b]!]!,
  );
  const entries = new Uint32Array(size * width);
  const ranks = new Uint16Array(size);
  order.forEach((id, rank) => {
    ranks[id] = rank;
    for (let word = 0; word < width; word++) entries[rank * width + word] = words[firsts[id]! + word]!;
  });
  return { entries, size, places: ids.map((id) => ranks[id]!) };
}

function hash(low: number, high: number): number {
  const mixed = Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}
