import { linearWasm } from '../kernels/linear.wasm.ts';

/** Rows of a block, as the kernel fixes them. */
export const BLOCK_ROWS = 512;
/** Doubles from one column of a block to the next; see `kernels/assembly/linear/columns.ts`. */
export const STRIDE = BLOCK_ROWS + 16;

const PAGE = 65_536;
const MAX_PAGES = 65_536;

/** The kernel's functions (addresses in bytes), and its memory as doubles. */
export interface LinearKernel {
  readonly run: Record<'lossOfBlock' | 'curvatureOfBlock' | 'momentsOfBlock', (...args: number[]) => void>;
  readonly memory: Float64Array;
}

let compiled: WebAssembly.Module | undefined;

/** A kernel with memory for this many doubles. It is compiled once, so that V8's optimised code serves later fits too. */
export function openKernel(doubles: number): LinearKernel {
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(linearWasm), (character) => character.charCodeAt(0)));
  const pages = Math.ceil((8 * doubles) / PAGE);
  if (pages > MAX_PAGES) throw new RangeError('the model does not fit into 4 GB of memory');
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
  return { run: exports as LinearKernel['run'], memory: new Float64Array(memory.buffer) };
}
