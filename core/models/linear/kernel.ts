import { compileKernel } from '../../kernels/compile-kernel.ts';
import { type LinearKernel, linearWasm } from '../../kernels/linear/linear.wasm.ts';
import { type KernelParameters, setParameters } from '../../kernels/set-parameters.ts';

const PAGE = 65_536;
const MAX_PAGES = 65_536;
/** 8 MiB: what a small table needs, and what is kept from one fit to the next. */
const SPARE_PAGES = 128;

/** The kernel's functions (addresses in bytes), and its memory as doubles. */
export interface OpenKernel {
  readonly run: LinearKernel;
  readonly memory: Float64Array;
}

let spare: OpenKernel | undefined;

/** A kernel with memory for this many doubles at least, which hold anything: an earlier fit may have left them. */
export function openKernel(doubles: number, parameters: KernelParameters<LinearKernel>): OpenKernel {
  const kernel = takeKernel(doubles);
  setParameters(kernel.run, parameters);
  return kernel;
}

function takeKernel(doubles: number): OpenKernel {
  const pages = Math.max(SPARE_PAGES, Math.ceil((8 * doubles) / PAGE));
  if (pages > MAX_PAGES) throw new RangeError('the model does not fit into 4 GB of memory');
  if (spare !== undefined && pages === SPARE_PAGES) {
    const kernel = spare;
    spare = undefined;
    return kernel;
  }
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: false });
  const { exports: run } = new WebAssembly.Instance(compileKernel(linearWasm), { env: { memory } });
  return { run, memory: new Float64Array(memory.buffer) };
}

/**
 * Gives back a kernel that is no longer used. One of the usual size serves the next fit: pages that the system has handed
 * out already cost nothing, new ones half as much as fitting a few thousand rows.
 */
export function closeKernel(kernel: OpenKernel): void {
  if (8 * kernel.memory.length === SPARE_PAGES * PAGE) spare = kernel;
}
