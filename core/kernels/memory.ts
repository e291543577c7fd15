/** Bytes of a page of WebAssembly memory, and the most pages there can be: 4 GiB. */
const PAGE = 65_536;
const MOST_PAGES = 65_536;

/** Memory of at least so many bytes that threads can share, or undefined when it is more than WebAssembly can address. */
export function sharedMemory(bytes: number): WebAssembly.Memory | undefined {
  const pages = Math.ceil(bytes / PAGE) + 1;
  return pages > MOST_PAGES ? undefined : new WebAssembly.Memory({ initial: pages, maximum: MOST_PAGES, shared: true });
}

/** Makes memory larger, at least so large, and all of it 0; tells whether WebAssembly can address so much. */
export function regrowMemory(memory: WebAssembly.Memory, bytes: number): boolean {
  const pages = Math.ceil(bytes / PAGE) + 1;
  if (pages > MOST_PAGES) return false;
  new Uint8Array(memory.buffer).fill(0);
  memory.grow(Math.max(0, pages - memory.buffer.byteLength / PAGE));
  return true;
}

/** Hands out places in memory one after the other, each at a multiple of 64 bytes. Start above 0: to kernels 0 says "absent". */
export function createLayout(start: number): { take(bytes: number): number; end(): number } {
  let at = start;
  return {
    take(bytes) {
      const place = at;
      at = Math.ceil((at + bytes) / 64) * 64;
      return place;
    },
    end: () => at,
  };
}
