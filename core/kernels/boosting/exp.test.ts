import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exp, log } from '../../stats/elementary.ts';
import { compileKernel } from '../compile-kernel.ts';
import { sharedMemory } from '../memory.ts';
import { boostingWasm } from './boosting.wasm.ts';

/*
 * The kernel's e^x and log x, seen through what they are for: gradients of classes leave e^(score − highest score) of each
 * class in the scratch, and a row's loss is the logarithm of the sum of those.
 */
const memory = sharedMemory(8192)!;
const { exports: kernel } = new WebAssembly.Instance(compileKernel(boostingWasm), { env: { memory } });
const [SCORES, TARGET, LEARNED, PAIRS, SCRATCH] = [1024, 2048, 2112, 4096, 8192];
kernel.nRows.value = 1;
kernel.scores.value = SCORES;
kernel.target.value = TARGET;
kernel.learned.value = LEARNED;
kernel.pairs.value = PAIRS;
kernel.scratch.value = SCRATCH;
const write = (...scores: number[]) => new Float64Array(memory.buffer, SCORES, scores.length).set(scores);

/** e^x for x ≤ 0, of two classes of which the first has score 0. */
function kernelExp(x: number): number {
  write(0, x);
  kernel.nOutputs.value = 2;
  kernel.multiclassGradients(0, 1, 1);
  return new Float64Array(memory.buffer, SCRATCH, 2)[1]!;
}

/** log n for a whole number n, of n classes with score 0. */
function kernelLog(n: number): number {
  write(...new Array<number>(n).fill(0));
  kernel.nOutputs.value = n;
  return kernel.multiclassLoss();
}

/** log(1 + e^x) for x ≤ 0. */
function kernelSoftplus(x: number): number {
  write(x);
  return kernel.binaryLoss();
}

/** How many doubles lie between two positive ones, and 1. */
function ulps(a: number, b: number): number {
  const bits = new BigInt64Array(Float64Array.of(a, b).buffer);
  return Math.abs(Number(bits[0]! - bits[1]!));
}

describe('the boosting kernel', () => {
  it('has e^x within 3 ulp from −700 to 0, and e^−700 below', () => {
    const check = (x: number) => {
      expect(ulps(kernelExp(x), exp(x))).toBeLessThanOrEqual(3);
    };
    for (let x = 0; x >= -700; x -= 0.37) check(x);
    for (let k = 0; k < 1000; k++) check((-(k + 0.5) * Math.LN2 * 700) / 1000);
    fc.assert(fc.property(fc.double({ min: -700, max: 0, noNaN: true }), check));
    for (const x of [-700.5, -1e9, Number.NEGATIVE_INFINITY]) expect(kernelExp(x)).toBe(kernelExp(-700));
  });

  it('has e^x for x > 0 as exact as a gradient is', () => {
    for (let x = 0.01; x < 650; x += 1.7) {
      write(-x);
      // p = 1/(1 + e^x), times the power of two that makes it a number of 29 bits.
      const scale = 2 ** (29 + Math.floor(x / Math.LN2));
      kernel.binaryGradients(0, 1, scale);
      const gradient = new Int32Array(memory.buffer, PAIRS, 1)[0]! / scale;
      expect(Math.abs(gradient * (1 + exp(x)) - 1)).toBeLessThan(2 ** -28);
    }
  });

  it('has log x within 3 ulp', () => {
    for (let n = 2; n <= 120; n++) expect(ulps(kernelLog(n), log(n))).toBeLessThanOrEqual(3);
    const check = (x: number) => {
      expect(ulps(kernelSoftplus(x), log(1 + kernelExp(x)))).toBeLessThanOrEqual(3);
    };
    for (let x = 0; x > -36; x -= 0.013) check(x);
    fc.assert(fc.property(fc.double({ min: -36, max: 0, noNaN: true }), check));
  });
});
