import { shortSha } from '../records/short-sha.ts';
import { code, type Sentence, sentence } from './fragments.ts';
import type { Report } from './report-schema.ts';

/** The commit that was judged, and how what was judged differs from it. A job judges what it checked out, and what `set` says. */
export function headCommit({ sha, dirty }: Report['head'], runUrl: Report['runUrl']): Sentence {
  if (sha === null) return sentence`no commit`;
  const edits = runUrl === null ? ' with uncommitted changes' : ' with other values set';
  return sentence`commit ${code(shortSha(sha))}${dirty ? edits : ''}`;
}
