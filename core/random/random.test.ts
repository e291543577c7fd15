import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { combine, hashNumber, hashText } from './hash.ts';
import { createRandom, deriveSeed } from './random.ts';

describe('createRandom', () => {
  it('gives the same stream for a seed and path, on every machine', () => {
    const random = createRandom(42, 'fit', 3);
    expect([random.uint32(), random.uint32(), random.uniform(), random.normal()]).toMatchInlineSnapshot(`
      [
        2226625916,
        1779920778,
        0.17789608395820267,
        -0.6908122821369174,
      ]
    `);
  });
  it('gives another stream for another seed or step of the path', () => {
    const first = (seed: number, ...path: (string | number)[]) => createRandom(seed, ...path).uint32();
    expect(new Set([first(1), first(2), first(1, 'a'), first(1, 'b'), first(1, 'a', 0), first(1, 'a', 1)]).size).toBe(
      6,
    );
  });
  it('draws whole numbers below n, each as often as the others', () => {
    const random = createRandom(1, 'integers');
    const counts = new Array<number>(7).fill(0);
    for (let i = 0; i < 14_000; i++) counts[random.integer(7)]!++;
    // χ² of 6 degrees of freedom: 22.5 is exceeded once in a thousand times.
    expect(counts.reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0)).toBeLessThan(22.5);
  });
  it('draws uniform numbers in [0, 1)', () => {
    const random = createRandom(1, 'uniform');
    const draws = Array.from({ length: 5000 }, () => random.uniform());
    expect(draws.every((u) => u >= 0 && u < 1)).toBe(true);
    expect(draws.reduce((sum, u) => sum + u, 0) / 5000).toBeCloseTo(0.5, 1);
  });
  it('shuffles: the same items in another order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer(), (items, seed) => {
        const sorted = [...items].sort((a, b) => a - b);
        expect(
          createRandom(seed, 'shuffle')
            .shuffle([...items])
            .sort((a, b) => a - b),
        ).toEqual(sorted);
      }),
    );
  });
  it('derives seeds of 32 bits', () => {
    expect(deriveSeed(1, 'a')).not.toBe(deriveSeed(1, 'b'));
    expect(deriveSeed(1, 'a')).toBeLessThan(2 ** 32);
  });
});

describe('hashes', () => {
  it('of −0 and 0 are one, so are those of all NaN', () => {
    expect(hashNumber(-0)).toEqual(hashNumber(0));
    expect(hashNumber(Number.NaN)).toEqual(hashNumber(0 / 0));
  });
  it('depend on the order of what they combine', () => {
    const [a, b] = [hashText('a'), hashText('b')];
    expect(combine([a, b])).not.toEqual(combine([b, a]));
  });
  it('of 200,000 numbers collide as rarely as chance has it', () => {
    const seen = new Set<number>();
    for (let i = 0; i < 200_000; i++) {
      const { high, low } = hashNumber(i);
      seen.add((high & 0xff) * 2 ** 32 + low);
    }
    // 40 bits: about 0.02 collisions are expected.
    expect(seen.size).toBeGreaterThanOrEqual(199_999);
  });
  it('of text change with every byte, its length included', () => {
    const texts = ['', 'a', 'a\0', 'b', 'ab', 'ba', 'abcd', 'abcde', 'ä'];
    expect(new Set(texts.map((text) => JSON.stringify(hashText(text)))).size).toBe(texts.length);
  });
});
