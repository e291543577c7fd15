// Generated from assembly/ by `npm run build:kernels`; a test compares it with a fresh build.
import type { KernelWasm } from '../compile-kernel.ts';

/** What the kernel exports, by the file of `assembly/` that defines it. */
export interface BinningKernel {
  // index.ts
  binNumbers(values: number, n: number, edges: number, half: number, bins: number): void;
  toLines(bins: number, n: number, lines: number, stride: number): void;
  sortNumbers(values: number, n: number, spare: number, counts: number): void;
}

export const binningWasm: KernelWasm<BinningKernel> = {
  base64:
    'AGFzbQEAAAABEAJgBH9/f38AYAV/f39/fwACEgEDZW52Bm1lbW9yeQIDAYCABAMEAwAAAQcvBApiaW5OdW1iZXJzAAIHdG9MaW5lcwAAC3Nvcn' +
    'ROdW1iZXJzAAEGbWVtb3J5AgAKgwYDKwEBfwNAIAEgBEoEQCACIAMgBGxqIAAgBGotAAA6AAAgBEEBaiEEDAELCwu2AwIIfwJ+IANBAEGAwAD8' +
    'CwADQCABIAVKBEAgACAFQQN0aiIEKwMARAAAAAAAAAAAoL0iDEI/h0KAgICAgICAgIB/hCAMhSEMIAQgDDcDAEEAIQQDQCAEQQhIBEAgAyAEQQ' +
    'p0aiAMIASsQgOGiEL/AYOnQQJ0aiIGIAYoAgBBAWo2AgAgBEEBaiEEDAELCyAFQQFqIQUMAQsLIAAhBANAIAdBCEggAUEASnEEQCABIAMgB0EK' +
    'dGoiCSAEKQMAIAesQgOGIgyIQv8Bg6dBAnRqKAIARwRAQQAhBkEAIQUDQCAFQYACSARAIAkgBUECdGoiCigCACELIAogBjYCACAGIAtqIQYgBU' +
    'EBaiEFDAELC0EAIQUDQCABIAVKBEAgCSAEIAVBA3RqKQMAIg0gDIhC/wGDp0ECdGoiBigCACEKIAYgCkEBajYCACACIApBA3RqIA03AwAgBUEB' +
    'aiEFDAELCyAEIAIhBCECCyAHQQFqIQcMAQsLA0AgASAISgRAIAhBA3QiAiAEaikDACEMIAAgAmogDCAMQn+FQj+HQoCAgICAgICAgH+EhTcDAC' +
    'AIQQFqIQgMAQsLC5wCAgd/BHwDQCABIApLBEAgACAKQQN0aiIFKwMAIQwgBSsDCCENIAUrAxAhDiAFKwMYIQ8gAiIFIgYiByEIIANBA3QhCQNA' +
    'IAlBCE4EQCAFIAlqIgsgBSALQQhrKwMAIAxjGyEFIAYgCWoiCyAGIAtBCGsrAwAgDWMbIQYgByAJaiILIAcgC0EIaysDACAOYxshByAIIAlqIg' +
    'sgCCALQQhrKwMAIA9jGyEIIAlBAXUhCQwBCwsgBCAKaiIJQf8BIAUgAmtBA3YgDCAMYhs6AAAgCUH/ASAGIAJrQQN2IA0gDWIbOgABIAlB/wEg' +
    'ByACa0EDdiAOIA5iGzoAAiAJQf8BIAggAmtBA3YgDyAPYhs6AAMgCkEEaiEKDAELCws=',
};
