import type { Blobs } from './blobs.ts';
import type { DescribedRequest } from './description.ts';
import type { Permissions, Repository, State, Token } from './state.ts';

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON. */
  readonly body?: object | Buffer;
}

export interface Call {
  readonly request: DescribedRequest;
  readonly state: State;
  readonly blobs: Blobs;
  readonly repository: Repository;
  readonly token: Token | undefined;
  readonly accept: string;
  /** Address of the server, without a slash at the end. */
  readonly web: string;
}

export interface Handler {
  /** Of several permissions any one is enough. */
  readonly needs: {
    readonly permission: keyof Permissions | readonly (keyof Permissions)[];
    readonly access: 'read' | 'write';
  };
  answer(call: Call): Answer;
}

export function problem(status: number, message: string): Answer {
  return { status, body: { message, documentation_url: 'https://docs.github.com/rest', status: String(status) } };
}

/** One page of a list, of at most 100, with the header that names the pages around it. */
export function paged<T>(all: readonly T[], { request, web }: Call, wrap: (page: readonly T[]) => object): Answer {
  const { per_page: asked = 30, page = 1 } = request.query as { per_page?: number; page?: number };
  const size = Math.min(asked, 100);
  const last = Math.max(1, Math.ceil(all.length / size));
  const path = request.operation
    .split(' ')[1]!
    .replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(request.path[name]!));
  const to = (number: number, rel: string) => {
    const query = new URLSearchParams({ ...request.query, per_page: String(size), page: String(number) });
    return `<${web}/api/v3${path}?${query}>; rel="${rel}"`;
  };
  const links = [
    ...(page > 1 ? [to(page - 1, 'prev'), to(1, 'first')] : []),
    ...(page < last ? [to(page + 1, 'next'), to(last, 'last')] : []),
  ];
  return {
    status: 200,
    ...(links.length > 0 && { headers: { link: links.join(', ') } }),
    body: wrap(all.slice((page - 1) * size, page * size)),
  };
}
