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
    'ROdW1iZXJzAAEGbWVtb3J5AgAKhwYDKwEBfwNAIAEgBEoEQCACIAMgBGxqIAAgBGotAAA6AAAgBEEBaiEEDAELCwu6AwIHfwJ+IANBAEGAwAD8' +
    'CwADQCABIAVKBEAgACAFQQN0aiIEKwMARAAAAAAAAAAAoL0iCyALQj+HQoCAgICAgICAgH+EhSELIAQgCzcDAEEAIQQDQCAEQQhIBEAgAyAEQQ' +
    'p0aiALIASsQgOGiEL/AYOnQQJ0aiIHIAcoAgBBAWo2AgAgBEEBaiEEDAELCyAFQQFqIQUMAQsLIAAhBANAIAZBCEggAUEASnEEQCABIAMgBkEK' +
    'dGoiCCAEKQMAIAasQgOGIguIQv8Bg6dBAnRqKAIARwRAQQAhB0EAIQUDQCAFQYACSARAIAggBUECdGoiCSgCACEKIAkgBzYCACAHIApqIQcgBU' +
    'EBaiEFDAELC0EAIQUDQCABIAVKBEAgCCAEIAVBA3RqKQMAIgwgC4hC/wGDp0ECdGoiBygCACEJIAcgCUEBajYCACACIAlBA3RqIAw3AwAgBUEB' +
    'aiEFDAELCyAEIAIhBCECCyAGQQFqIQYMAQsLQQAhAgNAIAEgAkoEQCACQQN0IgMgBGopAwAhCyAAIANqIAtCf4VCP4dCgICAgICAgICAf4QgC4' +
    'U3AwAgAkEBaiECDAELCwucAgIHfwR8A0AgASAKSwRAIAAgCkEDdGoiBSsDACEMIAUrAwghDSAFKwMQIQ4gBSsDGCEPIAIiBSIGIgchCCADQQN0' +
    'IQkDQCAJQQhOBEAgBSAJaiILIAUgC0EIaysDACAMYxshBSAGIAlqIgsgBiALQQhrKwMAIA1jGyEGIAcgCWoiCyAHIAtBCGsrAwAgDmMbIQcgCC' +
    'AJaiILIAggC0EIaysDACAPYxshCCAJQQF1IQkMAQsLIAQgCmoiCUH/ASAFIAJrQQN2IAwgDGIbOgAAIAlB/wEgBiACa0EDdiANIA1iGzoAASAJ' +
    'Qf8BIAcgAmtBA3YgDiAOYhs6AAIgCUH/ASAIIAJrQQN2IA8gD2IbOgADIApBBGohCgwBCwsL',
};
