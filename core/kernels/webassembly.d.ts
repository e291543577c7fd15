/** The part of WebAssembly that the kernels use; Node has it, the type library without DOM does not. */
declare namespace WebAssembly {
  /** `Exports`: what its instances export. */
  class Module<Exports = unknown> {
    private readonly exports: Exports;
    constructor(bytes: Uint8Array);
  }
  class Memory<Shared extends boolean = true> {
    readonly buffer: Shared extends true ? SharedArrayBuffer : ArrayBuffer;
    grow(pages: number): number;
    constructor(descriptor: { initial: number; maximum: number; shared: Shared });
  }
  interface Global {
    value: number;
  }
  class Instance<Exports> {
    readonly exports: Exports;
    constructor(module: Module<Exports>, imports: { env: { memory: Memory<boolean> } });
  }
}
