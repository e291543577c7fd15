/** The part of WebAssembly that the kernels use; Node has it, the type library without DOM does not. */
declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array);
  }
  class Memory<Shared extends boolean = true> {
    readonly buffer: Shared extends true ? SharedArrayBuffer : ArrayBuffer;
    grow(pages: number): number;
    constructor(descriptor: { initial: number; maximum: number; shared: Shared });
  }
  class Instance {
    readonly exports: Record<string, (...args: number[]) => number>;
    constructor(module: Module, imports: { env: { memory: Memory<boolean> } });
  }
}
