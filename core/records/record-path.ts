/** Longest path of a record, in characters. */
const MAX_LENGTH = 400;
/** A name begins with a letter or digit and does not end with a dot: Windows drops that. */
const NAME = /^[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9_-])?$/;

/** Whether a path may name a record: plain names joined by `/`, so that it cannot lead out of its place or hide in it. */
export function isRecordPath(path: string): boolean {
  return path.length <= MAX_LENGTH && path.split('/').every((name) => NAME.test(name));
}
