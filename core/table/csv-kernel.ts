import { compileKernel } from '../kernels/compile-kernel.ts';
import { type CsvKernel, csvWasm } from '../kernels/csv/csv.wasm.ts';
import { LEAST_POWER, MOST_POWER, POWER_BYTES } from '../kernels/csv/layout.ts';
import { createLayout } from '../kernels/memory.ts';
import { powerBits } from './powers-of-ten.ts';

const PAGE = 65_536;
const MOST_PAGES = 65_536;
/** Memory that is kept for the next table. */
const SPARE_BYTES = 2 ** 24;

/** Bytes of a vector, and the powers of ten of as many digits. */
const LANES = 16;
const TENS = LANES + 1;

const { take, end } = createLayout(1024);
/** Where every instance has its tables of powers. */
export const TABLES = {
  powers: take(POWER_BYTES * (MOST_POWER - LEAST_POWER + 1)),
  tens: take(8 * TENS),
  moves: take(2 * LANES),
};
/** The first address behind them. */
export const OWN_END = end();

/** An instance of the kernel with its memory. */
export interface OpenCsvKernel {
  readonly run: CsvKernel;
  readonly memory: WebAssembly.Memory<false>;
}

let spare: OpenCsvKernel | undefined;

/** A kernel with at least so much memory, which holds anything behind `OWN_END`: another table may have left it. */
export function openCsvKernel(bytes: number): OpenCsvKernel {
  const kernel = spare ?? createKernel();
  spare = undefined;
  growTo(kernel.memory, bytes);
  return kernel;
}

/** Gives back a kernel that is no longer used, for the next table. */
export function closeCsvKernel(kernel: OpenCsvKernel): void {
  if (kernel.memory.buffer.byteLength <= SPARE_BYTES) spare = kernel;
}

/**
 * Makes memory at least so large; tells whether it had to grow, which makes views of it unusable.
 *
 * @throws RangeError when WebAssembly cannot address so much.
 */
export function growTo(memory: WebAssembly.Memory<false>, bytes: number): boolean {
  const pages = Math.ceil(bytes / PAGE) - memory.buffer.byteLength / PAGE;
  if (pages <= 0) return false;
  memory.grow(pages);
  return true;
}

function createKernel(): OpenCsvKernel {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: MOST_PAGES, shared: false });
  const { exports: run } = new WebAssembly.Instance(compileKernel(csvWasm), { env: { memory } });
  const powers = new BigUint64Array(memory.buffer, TABLES.powers, 2 * (MOST_POWER - LEAST_POWER + 1));
  for (let power = LEAST_POWER; power <= MOST_POWER; power++) {
    const bits = powerBits(power);
    powers[2 * (power - LEAST_POWER)] = bits >> 64n;
    powers[2 * (power - LEAST_POWER) + 1] = BigInt.asUintN(64, bits);
  }
  const tens = new BigUint64Array(memory.buffer, TABLES.tens, TENS);
  tens[0] = 1n;
  for (let n = 1; n < TENS; n++) tens[n] = 10n * tens[n - 1]!;
  const moves = new Uint8Array(memory.buffer, TABLES.moves, 2 * LANES);
  moves.set(moves.map((_, i) => (i < LANES ? LANES : i - LANES)));
  return { run, memory };
}
