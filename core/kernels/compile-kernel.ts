/** A kernel as `npm run build:kernels` writes it; `Exports` is known to the type checker alone. */
export interface KernelWasm<Exports> {
  readonly base64: string;
  readonly exports?: Exports;
}

const compiled = new Map<string, WebAssembly.Module>();

/**
 * A kernel's WebAssembly, decoded and compiled when it is first asked for; it can be sent to worker threads. Each is compiled
 * once: what the engine has optimised while it ran belongs to the module.
 */
export function compileKernel<Exports>({ base64 }: KernelWasm<Exports>): WebAssembly.Module<Exports> {
  let module = compiled.get(base64);
  if (!module) {
    module = new WebAssembly.Module(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
    compiled.set(base64, module);
  }
  return module as WebAssembly.Module<Exports>;
}
