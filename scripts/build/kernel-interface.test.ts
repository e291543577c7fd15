import { describe, expect, it } from 'vitest';
import { kernelInterface } from './kernel-interface.ts';

/** As the AssemblyScript compiler writes them. */
const declarations = (result: string) => `declare namespace __AdaptedExports {
  /** Exported memory */
  export const memory: WebAssembly.Memory;
  /**
   * toy/assembly/index/add
   * @param a \`i32\`
   * @param b \`f64\`
   * @returns \`x\`
   */
  export function add(a: number, b: number): ${result};
  /**
   * toy/assembly/sums/clear
   */
  export function clear(): void;
  /** toy/assembly/sums/nRows */
  export const nRows: {
    /** @type \`i32\` */
    get value(): number;
    set value(value: number);
  };
}
`;

describe('kernelInterface', () => {
  it('lists functions and globals by the file that defines them, and not the memory', () => {
    expect(kernelInterface('toy', declarations('number'))).toEqual({
      name: 'ToyKernel',
      text: [
        '/** What the kernel exports, by the file of `assembly/` that defines it. */',
        'export interface ToyKernel {',
        '  // sums.ts',
        '  readonly nRows: WebAssembly.Global;',
        '  clear(): void;',
        '  // index.ts',
        '  add(a: number, b: number): number;',
        '}',
      ].join('\n'),
    });
  });

  it.each(['boolean', 'bigint'])('refuses a function that gives a %s', (type) => {
    expect(() => kernelInterface('toy', declarations(type))).toThrow(`kernel toy exports a ${type}, not a number: add`);
  });
});
