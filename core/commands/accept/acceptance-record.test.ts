import { describe, expect, it } from 'vitest';
import { acceptanceId, withoutAddress } from './acceptance-record.ts';

describe('acceptanceId', () => {
  it('tells the second, and differs between two of one second', () => {
    const [one, two] = ['a', 'b'].map((nonce) => acceptanceId('2026-11-29T17:04:05.678Z', nonce));
    expect(one).toMatch(/^20261129-170405-[0-9a-f]{8}$/);
    expect(two).not.toBe(one);
  });
});

describe('withoutAddress', () => {
  it.each([
    ['Ada Lovelace', 'Ada Lovelace'],
    ['Ada Lovelace <ada@example.org>', 'Ada Lovelace'],
    ['ada@example.org', 'somebody without a name'],
    ['Ada ada@example.org Lovelace', 'Ada  Lovelace'],
    ['', 'somebody without a name'],
  ])('of %j is %j', (name, expected) => expect(withoutAddress(name)).toBe(expected));
});
