import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ENGINE, ENGINE_HASHES, KEY_SCHEME, KEY_SCHEME_KEYS } from './engine.ts';
import { rowKeys } from './evaluation/split/row-keys.ts';
import { readCsv } from './table/csv.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** Numbers, texts, numbers and codes among texts, long ids, missing values, equal rows. */
const TABLE =
  'id,amount,kind\n1234567890123456001,0.1,a\n2,,b\n3,1e300,7\n4,-0,\n5,12345.678,ü\n5,12345.678,ü\n6,1,007\n7,1,8.0\n';

it('the engine has the number of its committed hashes', () => {
  const hashes = JSON.parse(readFileSync(new URL('../test/hashes/models.json', import.meta.url), 'utf8'));
  const raise = `test/hashes/models.json changed: in core/engine.ts, raise ENGINE from ${ENGINE} to ${ENGINE + 1} and set ENGINE_HASHES to the digest received`;
  expect(sha256(JSON.stringify(hashes)), raise).toBe(ENGINE_HASHES);
});

it('the key scheme has the number of its keys', () => {
  const keys = rowKeys(readCsv(new TextEncoder().encode(TABLE), { file: 'rows.csv' }), ['id', 'amount', 'kind']);
  const raise = `keys of rows changed: in core/engine.ts, raise KEY_SCHEME from ${KEY_SCHEME} to ${KEY_SCHEME + 1} and set KEY_SCHEME_KEYS to the digest received`;
  expect(sha256([...keys].join()), raise).toBe(KEY_SCHEME_KEYS);
});
