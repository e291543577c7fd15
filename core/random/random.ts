import { normalQuantile } from '../stats/distributions.ts';
import { hashNumber, hashText, mix } from './hash.ts';

/** A stream of random numbers. The same seed and path give the same numbers on every machine. */
export interface Random {
  /** A whole number in [0, 2³²). */
  uint32(): number;
  /** A number in [0, 1) with 53 random bits. */
  uniform(): number;
  /** A whole number in [0, n), without modulo bias. */
  integer(n: number): number;
  /** A standard normal deviate, by inversion: each takes one 32-bit draw. */
  normal(): number;
  /** Reorders `items` in place (Fisher–Yates) and returns them. */
  shuffle<T extends { length: number; [index: number]: unknown }>(items: T): T;
}

/**
 * A random number generator (xoshiro128**, Blackman & Vigna 2018) for one purpose. `path` names the purpose, so that an
 * extra draw for one purpose does not change the numbers of another: `createRandom(42, 'fit', fold, repeat)`.
 */
export function createRandom(seed: number, ...path: readonly (string | number)[]): Random {
  let hash = hashNumber(seed);
  for (const step of path) {
    const next = typeof step === 'number' ? hashNumber(step) : hashText(step);
    hash = mix(mix(hash, next.high), next.low);
  }
  const state = new Uint32Array(4);
  for (let i = 0; i < 4; i++) {
    hash = mix(hash, i + 1);
    state[i] = hash.low;
  }
  if (state.every((word) => word === 0)) state[0] = 1;

  const rotate = (x: number, k: number) => (x << k) | (x >>> (32 - k));
  const uint32 = () => {
    const s = state as unknown as [number, number, number, number];
    const result = Math.imul(rotate(Math.imul(s[1], 5), 7), 9) >>> 0;
    const t = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 11);
    return result;
  };
  const uniform = () => ((uint32() >>> 5) * 0x4000000 + (uint32() >>> 6)) / 0x20000000000000;
  const integer = (n: number) => {
    const limit = 0x100000000 - (0x100000000 % n);
    let draw = uint32();
    while (draw >= limit) draw = uint32();
    return draw % n;
  };
  return {
    uint32,
    uniform,
    integer,
    normal: () => normalQuantile((uint32() + 0.5) / 0x100000000),
    shuffle(items) {
      for (let i = items.length - 1; i > 0; i--) {
        const j = integer(i + 1);
        const kept = items[i];
        (items as { [index: number]: unknown })[i] = items[j];
        (items as { [index: number]: unknown })[j] = kept;
      }
      return items;
    },
  };
}

/** A 32-bit seed for a library or kernel that has its own generator, derived from seed and path. */
export function deriveSeed(seed: number, ...path: readonly (string | number)[]): number {
  return createRandom(seed, ...path).uint32();
}
