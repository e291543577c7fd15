import { StoreError } from '../../errors/app-error.ts';

/** Deepest nesting; models have a handful. */
const MAX_DEPTH = 32;
/** Most values, and most keys of objects: as JavaScript's objects they take up to 60 and 200 bytes each. */
const MAX_VALUES = 4_000_000;
const MAX_KEYS = 500_000;

const [QUOTE, BACKSLASH, COMMA, COLON, OPEN, CLOSE, OPEN_OBJECT, CLOSE_OBJECT] = new TextEncoder().encode('"\\,:[]{}');

/**
 * The value of a JSON text in UTF-8, which is hostile input.
 *
 * @throws StoreError when it is not JSON, or `checkJsonText` refuses it.
 */
export function parseJsonText(bytes: Uint8Array): unknown {
  checkJsonText(bytes);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch (cause) {
    throw new StoreError({ message: 'is not a model file: it is not JSON' }, { cause });
  }
}

/**
 * Before a parser makes objects of it: a text of a few megabytes may stand for gigabytes of them.
 *
 * @throws StoreError when it is nested too deeply, or of too many values or keys.
 */
export function checkJsonText(bytes: Uint8Array): void {
  let depth = 0;
  let values = 1;
  let keys = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) {
      for (at++; at < bytes.length && bytes[at] !== QUOTE; at++) if (bytes[at] === BACKSLASH) at++;
    } else if (byte === COMMA) values++;
    else if (byte === COLON) keys++;
    else if (byte === OPEN || byte === OPEN_OBJECT) {
      values++;
      if (++depth > MAX_DEPTH) throw new StoreError({ message: 'is not a model file: it is nested too deeply' });
    } else if (byte === CLOSE || byte === CLOSE_OBJECT) depth--;
  }
  if (values > MAX_VALUES || keys > MAX_KEYS) {
    throw new StoreError({
      message: 'the model is larger than a model file can hold',
      found: `${values} values, ${keys} keys`,
      allowed: `${MAX_VALUES} values, ${MAX_KEYS} keys`,
      next: 'use fewer columns, or columns with fewer different texts',
    });
  }
}
