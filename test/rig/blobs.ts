import { randomUUID } from 'node:crypto';

/** Azure's block blobs as far as GitHub's clients use them: blocks in any order, then the list that orders them; read in parts. */
export interface Blobs {
  /** A new, empty blob: the path and query of the address to write it to. */
  create(): { readonly id: string; readonly address: string };
  /** A short-lived address to read bytes from. */
  addressOf(bytes: Uint8Array): string;
  read(id: string): Buffer | undefined;
  /** Answers a request below `/blobs/`. @param range `bytes=<first>-<last>`, to read a part. */
  serve(
    method: string,
    url: URL,
    body: Buffer,
    range?: string,
  ): { status: number; headers: Record<string, string>; body: Uint8Array };
}

export function createBlobs(): Blobs {
  const blocks = new Map<string, Map<string, Buffer>>();
  const written = new Map<string, Buffer>();
  const readable = new Map<string, Uint8Array>();
  const created = () => ({
    status: 201,
    headers: { etag: '"1"', 'last-modified': new Date().toUTCString(), 'x-ms-request-id': randomUUID() },
    body: new Uint8Array(),
  });
  const refused = (status: number) => ({ status, headers: {}, body: new Uint8Array() });

  return {
    create() {
      const id = randomUUID();
      blocks.set(id, new Map());
      return { id, address: `/blobs/${id}?sig=${id.slice(0, 8)}` };
    },
    addressOf(bytes) {
      const id = randomUUID();
      readable.set(id, bytes);
      return `/blobs/${id}?sig=${id.slice(0, 8)}`;
    },
    read: (id) => written.get(id),
    serve(method, url, body, range) {
      const id = url.pathname.slice('/blobs/'.length);
      if (url.searchParams.get('sig') !== id.slice(0, 8)) return refused(403);
      if (method === 'GET' || method === 'HEAD') {
        const bytes = readable.get(id);
        return bytes ? part(bytes, range) : refused(404);
      }
      const known = blocks.get(id);
      if (method !== 'PUT' || !known) return refused(404);
      if (url.searchParams.get('comp') === 'block') known.set(url.searchParams.get('blockid') ?? '', body);
      else if (url.searchParams.get('comp') === 'blocklist') {
        const ids = Array.from(body.toString('utf8').matchAll(/<(?:Latest|Uncommitted)>([^<]*)</g), ([, one]) => one!);
        if (ids.some((one) => !known.has(one))) return refused(400);
        written.set(id, Buffer.concat(ids.map((one) => known.get(one)!)));
      } else written.set(id, body);
      return created();
    },
  };
}

function part(bytes: Uint8Array, range: string | undefined) {
  const headers = { 'content-type': 'application/zip', etag: '"1"', 'x-ms-blob-type': 'BlockBlob' };
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? [];
  if (first === undefined) {
    return { status: 200, headers: { ...headers, 'content-length': String(bytes.length) }, body: bytes };
  }
  const body = bytes.subarray(Number(first), Number(last) + 1);
  const at = `bytes ${first}-${Number(first) + body.length - 1}/${bytes.length}`;
  return { status: 206, headers: { ...headers, 'content-length': String(body.length), 'content-range': at }, body };
}
