import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Whether a delivery is GitHub's: the signature is of the bytes as they came, before anything reads them. How long the answer takes
 * says nothing about the right one.
 *
 * @param header `X-Hub-Signature-256`.
 */
export function isSigned(body: Uint8Array, header: string | undefined, secret: string): boolean {
  const given = /^sha256=([0-9a-f]{64})$/.exec(header ?? '')?.[1];
  const expected = createHmac('sha256', secret).update(body).digest();
  return given !== undefined && timingSafeEqual(Buffer.from(given, 'hex'), expected);
}
