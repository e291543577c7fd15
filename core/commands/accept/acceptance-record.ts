import { sha256Hex } from '../../random/sha256.ts';

/** `<yyyymmdd>-<hhmmss>-<8 hex>`, from the time and a text that no other acceptance has. */
export function acceptanceId(at: string, nonce: string): string {
  const stamp = at.replaceAll(/[-:]/g, '').replace('T', '-').slice(0, 15);
  return `${stamp}-${sha256Hex(new TextEncoder().encode(nonce)).slice(0, 8)}`;
}

/** A name without its e-mail address: it goes into a history that may be public. */
export function withoutAddress(name: string): string {
  return name.replaceAll(/<[^>]*>|\S+@\S+/g, '').trim() || 'somebody without a name';
}
