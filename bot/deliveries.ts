import { DatabaseSync } from 'node:sqlite';

/** Something that GitHub told. */
export interface Delivery {
  /** `X-GitHub-Delivery`. */
  readonly id: string;
  /** `X-GitHub-Event`. */
  readonly event: string;
  /** JSON. */
  readonly payload: string;
}

/** A delivery to be worked off, and how often that was tried. */
interface Pending extends Delivery {
  readonly attempts: number;
}

/** Deliveries in a file. What is in it survives a crash, and whoever sent it may be told so. */
export interface Deliveries {
  /** @returns `done` where it was worked off before; anything else is worked off (again). */
  add(delivery: Delivery): 'added' | 'waiting' | 'done';
  /** Whether a delivery was ever taken. */
  has(id: string): boolean;
  /** The oldest that is due; undefined when none is. */
  next(): Pending | undefined;
  finish(id: string): void;
  /** Puts a delivery off. @param delayMs null: it is given up, until GitHub sends it again. */
  postpone(id: string, why: string, delayMs: number | null): void;
  /** When the next one is due, in milliseconds from now; undefined when none waits. */
  dueIn(): number | undefined;
  /** Acts once for a key, whatever is delivered or tried again. */
  once(key: string, act: () => Promise<void>): Promise<void>;
  /**
   * Acts at most once for a key. Of an act during which the process ended, or that failed, nobody knows what became of it: it is not
   * done again.
   *
   * @param changedNothing whether an error says that nothing was done. Then it is thrown, and the act may be done again.
   */
  atMostOnce(
    key: string,
    act: () => Promise<void>,
    changedNothing: (error: unknown) => boolean,
  ): Promise<'done' | 'not known'>;
  /** Keeps a text under a key, in place of an earlier one. */
  note(key: string, text: string): void;
  noted(key: string): string | undefined;
  /** Texts whose keys begin so, the newest first. */
  notesUnder(prefix: string, most: number): readonly string[];
  counts(): { readonly waiting: number; readonly failed: number };
  close(): void;
}

/** Payloads of what is done are kept for as long as GitHub can deliver again. */
const KEPT_MS = 7 * 86_400_000;

/** @param now milliseconds since 1970. */
export function openDeliveries(path: string, now: () => number): Deliveries {
  const database = new DatabaseSync(path);
  database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA busy_timeout = 5000;
    CREATE TABLE IF NOT EXISTS deliveries (
      id TEXT PRIMARY KEY, event TEXT NOT NULL, payload TEXT NOT NULL, received INTEGER NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'failed')),
      attempts INTEGER NOT NULL DEFAULT 0, due INTEGER NOT NULL, why TEXT
    ) STRICT;
    CREATE INDEX IF NOT EXISTS due ON deliveries (state, due);
    CREATE TABLE IF NOT EXISTS acts (key TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS notes (key TEXT PRIMARY KEY, text TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
  `);
  const stateOf = database.prepare('SELECT state FROM deliveries WHERE id = ?');
  const insert = database.prepare(
    `INSERT INTO deliveries (id, event, payload, received, state, due) VALUES (?, ?, ?, ?, 'waiting', ?)`,
  );
  const revive = database.prepare(`UPDATE deliveries SET state = 'waiting', attempts = 0, due = ? WHERE id = ?`);
  const oldest = database.prepare(
    `SELECT id, event, payload, attempts FROM deliveries WHERE state = 'waiting' AND due <= ? ORDER BY due, received, rowid LIMIT 1`,
  );
  const done = database.prepare(`UPDATE deliveries SET state = 'done', why = NULL WHERE id = ?`);
  const later = database.prepare(
    'UPDATE deliveries SET state = ?, attempts = attempts + 1, due = ?, why = ? WHERE id = ?',
  );
  const soonest = database.prepare(`SELECT min(due) AS due FROM deliveries WHERE state = 'waiting'`);
  const forget = database.prepare(`DELETE FROM deliveries WHERE state <> 'waiting' AND received < ?`);
  const count = database.prepare('SELECT count(*) AS n FROM deliveries WHERE state = ?');
  const acted = database.prepare('SELECT 1 FROM acts WHERE key = ?');
  const act = database.prepare('INSERT OR IGNORE INTO acts (key, at) VALUES (?, ?)');
  const undo = database.prepare('DELETE FROM acts WHERE key = ?');
  const write = database.prepare('INSERT OR REPLACE INTO notes (key, text, at) VALUES (?, ?, ?)');
  const read = database.prepare('SELECT text FROM notes WHERE key = ?');
  const readUnder = database.prepare(
    'SELECT text FROM notes WHERE substr(key, 1, length(?1)) = ?1 ORDER BY at DESC, key LIMIT ?2',
  );
  const counted = (state: string) => Number(count.get(state)!.n);
  return {
    add({ id, event, payload }) {
      forget.run(now() - KEPT_MS);
      const state = stateOf.get(id)?.state;
      if (state === undefined) insert.run(id, event, payload, now(), now());
      if (state === 'failed') revive.run(now(), id);
      return state === undefined ? 'added' : state === 'done' ? 'done' : 'waiting';
    },
    has: (id) => stateOf.get(id) !== undefined,
    next() {
      const row = oldest.get(now());
      return (
        row && {
          id: String(row.id),
          event: String(row.event),
          payload: String(row.payload),
          attempts: Number(row.attempts),
        }
      );
    },
    finish: (id) => void done.run(id),
    postpone(id, why, delayMs) {
      later.run(delayMs === null ? 'failed' : 'waiting', now() + (delayMs ?? 0), why.slice(0, 10_000), id);
    },
    dueIn() {
      const due = soonest.get()?.due;
      return due === null || due === undefined ? undefined : Math.max(0, Number(due) - now());
    },
    async once(key, action) {
      if (acted.get(key)) return;
      await action();
      act.run(key, now());
    },
    async atMostOnce(key, action, changedNothing) {
      const begun = `begun: ${key}`;
      if (acted.get(key)) return 'done';
      if (acted.get(begun)) return 'not known';
      act.run(begun, now());
      try {
        await action();
      } catch (error) {
        if (!changedNothing(error)) return 'not known';
        undo.run(begun);
        throw error;
      }
      act.run(key, now());
      return 'done';
    },
    note: (key, text) => void write.run(key, text, now()),
    noted(key) {
      const text = read.get(key)?.text;
      return text === undefined ? undefined : String(text);
    },
    notesUnder: (prefix, most) => readUnder.all(prefix, most).map(({ text }) => String(text)),
    counts: () => ({ waiting: counted('waiting'), failed: counted('failed') }),
    close: () => database.close(),
  };
}
