import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../core/random/sha256.ts';
import { runPath } from '../core/tracking/run-id.ts';
import { readRecordedList, recordedList } from './recorded-list.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const ids = ['20261124-073812-churn-forest-00000001', '20261124-073812-a.b_c-dummy-00000002'] as const;

describe('the list of recorded runs', () => {
  it('reads back what it wrote, in any order', () => {
    const files = ids.map((id) => [id, bytes(id)] as const);
    const list = recordedList(new Map(files));
    expect(recordedList(new Map([...files].reverse()))).toBe(list);
    expect(readRecordedList(bytes(list))).toEqual(
      new Map(files.map(([id, own]) => [runPath(id), sha256Hex(own)] as const)),
    );
    expect(readRecordedList(bytes(''))).toEqual(new Map());
  });

  it.each(['hello\n', `${'0'.repeat(64)}  evidence/x.oof\n`, `${'0'.repeat(64)} runs/a.json\n`])(
    'is not %j',
    (text) => {
      expect(readRecordedList(bytes(text))).toBeUndefined();
    },
  );
});
