/** The part of WebAssembly that the kernels use; Node has it, the type library without DOM does not. */
declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array);
  }
  class Memory {
    readonly buffer: SharedArrayBuffer;
    grow(pages: number): number;
    constructor(descriptor: { initial: number; maximum: number; shared: true });
  }
  class Instance {
    readonly exports: Record<string, (...args: number[]) => number>;
    constructor(module: Module, imports: { env: { memory: Memory } });
  }
}
