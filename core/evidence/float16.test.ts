import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../random/sha256.ts';
import { fromFloat16, isFloat16NaN, toFloat16 } from './float16.ts';

describe('toFloat16', () => {
  // numpy 2.4.6: int(np.float16(x).view(np.uint16))
  it.each([
    [0, 0x0000],
    [-0, 0x8000],
    [1, 0x3c00],
    [-2, 0xc000],
    [0.1, 0x2e66],
    [1 / 3, 0x3555],
    [-0.7234, 0xb9ca],
    [65504, 0x7bff],
    [65519.999, 0x7bff],
    [65520, 0x7c00],
    [-65520, 0xfc00],
    [1e300, 0x7c00],
    [Number.NEGATIVE_INFINITY, 0xfc00],
    [6.103515625e-5, 0x0400],
    [6.1005353927612305e-5, 0x0400],
    [1 / 0x1000000, 0x0001],
    [2.9802322387695312e-8, 0x0000],
    [2.980232238769532e-8, 0x0001],
    [8.940696716308594e-8, 0x0002],
    [-1.4901161193847656e-8, 0x8000],
    [5e-324, 0x0000],
    [1.00048828125, 0x3c00],
    [1.0004882812500002, 0x3c01],
    [1.00146484375, 0x3c02],
    [2047.5, 0x6800],
    [2049, 0x6800],
    [2051, 0x6802],
  ])('of %d is 0x%s as in numpy', (x, bits) => {
    expect(toFloat16(x)).toBe(bits);
  });

  it('equals numpy for 300,000 numbers of every exponent, a third of them near ties', () => {
    const bits = new Uint8Array(600_000);
    const words = new Uint32Array(2);
    const number = new Float64Array(words.buffer);
    for (let i = 0; i < 300_000; i++) {
      const scrambled = Number(((BigInt(i) * 2654435761n) >> 7n) & 0xfffffn);
      const high = ((i & 1) << 31) | (((i % 46) + 1023 - 28) << 20) | scrambled;
      words[1] = i % 3 === 0 ? high & 0xfffffe00 : high;
      words[0] = i % 3 === 0 ? 0 : Math.imul(i, Math.imul(40503, 65537));
      const half = toFloat16(number[0]!);
      bits[2 * i] = half & 255;
      bits[2 * i + 1] = half >>> 8;
    }
    // numpy 2.4.6: hashlib.sha256(x.astype(np.float16).view('<u2').tobytes()).hexdigest(), x built from the same words
    expect(sha256Hex(bits)).toBe('1e4f5319d5eb4ded6844ef7c161c42e9c1bb0f5530491c3f6755b39ec2d82d56');
  });

  it('keeps the order of numbers', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), fc.double({ noNaN: true }), (a, b) => {
        const [small, large] = a < b ? [a, b] : [b, a];
        expect(fromFloat16(toFloat16(small))).toBeLessThanOrEqual(fromFloat16(toFloat16(large)));
      }),
    );
  });

  it('makes NaN one NaN', () => {
    expect(isFloat16NaN(toFloat16(Number.NaN))).toBe(true);
    expect(isFloat16NaN(toFloat16(Number.POSITIVE_INFINITY))).toBe(false);
  });
});

describe('fromFloat16', () => {
  // numpy 2.4.6: float(np.uint16(bits).view(np.float16))
  it.each([
    [0x0001, 1 / 0x1000000],
    [0x03ff, 6.097555160522461e-5],
    [0x0400, 6.103515625e-5],
    [0x3555, 0.333251953125],
    [0x7bff, 65504],
    [0x8000, -0],
    [0x8001, -1 / 0x1000000],
    [0xc000, -2],
    [0xfc00, Number.NEGATIVE_INFINITY],
    [0x7e01, Number.NaN],
  ])('of %d is %d', (bits, x) => {
    expect(fromFloat16(bits)).toBe(x);
  });

  it('is undone by toFloat16 for every number of 16 bits', () => {
    for (let bits = 0; bits < 65536; bits++) {
      if (isFloat16NaN(bits)) expect(fromFloat16(bits)).toBeNaN();
      else if (toFloat16(fromFloat16(bits)) !== bits) expect.fail(`0x${bits.toString(16)} came back as another`);
    }
  });
});
