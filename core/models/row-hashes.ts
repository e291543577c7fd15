import { mix } from '../random/hash.ts';
import type { TrainingData } from './model.ts';

/** 32 bits per row that tell it apart from others: of its key, else of its place. */
export function rowHashes({ keys, target }: TrainingData): Uint32Array {
  return Uint32Array.from(target, (_, row) => {
    const key = keys?.[row] ?? row;
    return mix(mix({ high: 0x51ed270b, low: 0x2545f491 }, key % 4294967296), Math.floor(key / 4294967296)).low;
  });
}
