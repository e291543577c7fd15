import type { Access, Permissions, State } from './state.ts';

/** What a request meets instead of an answer. */
interface Interruption {
  /** Of the request's path; the query is not looked at. */
  readonly path: RegExp;
  readonly times: number;
  /** Requests of the path that come before, and meet nothing. */
  readonly after?: number;
  /** A status, or the connection's end. */
  readonly with: number | 'reset';
  readonly headers?: Readonly<Record<string, string>>;
  readonly message?: string;
}

interface Lag {
  readonly path: RegExp;
  readonly before: State;
  requests: number;
}

/** How GitHub can be inconvenient. All can be on at once; none is at first. */
export interface Faults {
  /** The next requests of a path meet this. */
  interrupt(next: Interruption): void;
  /** A server that fails: 502. */
  failServer(path: RegExp, times?: number): void;
  /** 403 with `retry-after`, which clients must obey. */
  limitRate(path: RegExp, times?: number, seconds?: number): void;
  /** 404 for a file or folder that is there. */
  hideContents(path: string, times?: number): void;
  /** No token has this permission, whatever it was granted, not even for what is public. */
  forbid(permission: keyof Permissions, access?: 'read' | 'write'): void;
  /**
   * Reads of a path do not see what is written from now on: not the next so many, counted when what they would see has changed.
   */
  lag(path: RegExp, requests: number): void;
  /** A GitHub Enterprise Server: its jobs have no artifact service. For runs that start from now on. */
  withoutArtifactService(): void;
  /** All is well again. */
  clear(): void;
}

/** The faults as the rig asks for them. */
export interface ActiveFaults extends Faults {
  next(pathname: string): Interruption | undefined;
  isForbidden(permission: keyof Permissions, needed: Access): boolean;
  lagOf(pathname: string): Lag | undefined;
  readonly hasArtifactService: boolean;
}

/** @param keepMoment gives what GitHub knows now, and keeps it. */
export function createFaults(keepMoment: () => State): ActiveFaults {
  const interruptions: { times: number; after: number; readonly of: Interruption }[] = [];
  const forbidden = new Map<keyof Permissions, 'read' | 'write'>();
  const lags: Lag[] = [];
  let hasArtifactService = true;
  const interrupt = (of: Interruption) => void interruptions.push({ times: of.times, after: of.after ?? 0, of });
  return {
    interrupt,
    failServer: (path, times = 1) => interrupt({ path, times, with: 502, message: 'Server Error' }),
    limitRate: (path, times = 1, seconds = 1) =>
      interrupt({
        path,
        times,
        with: 403,
        headers: { 'retry-after': String(seconds) },
        message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
      }),
    hideContents: (path, times = Number.POSITIVE_INFINITY) => {
      const escaped = path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('/', '(?:/|%2F)');
      interrupt({ path: new RegExp(`/contents/${escaped}$`, 'i'), times, with: 404, message: 'Not Found' });
    },
    forbid: (permission, access = 'read') => void forbidden.set(permission, access),
    lag: (path, requests) => void lags.push({ path, requests, before: keepMoment() }),
    withoutArtifactService: () => {
      hasArtifactService = false;
    },
    clear() {
      interruptions.length = 0;
      lags.length = 0;
      forbidden.clear();
      hasArtifactService = true;
    },
    next(pathname) {
      const found = interruptions.find(({ times, of }) => times > 0 && of.path.test(pathname));
      if (!found) return undefined;
      if (found.after > 0) {
        found.after--;
        return undefined;
      }
      found.times--;
      return found.of;
    },
    isForbidden(permission, needed) {
      const from = forbidden.get(permission);
      return from === 'read' || (from === 'write' && needed === 'write');
    },
    lagOf: (pathname) => lags.find(({ path, requests }) => requests > 0 && path.test(pathname)),
    get hasArtifactService() {
      return hasArtifactService;
    },
  };
}
