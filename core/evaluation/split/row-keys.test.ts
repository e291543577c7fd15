import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { readTable } from '../../table/read-table.ts';
import { categoricalColumn, createTable } from '../../table/table.ts';
import { rowKeys } from './row-keys.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
/** Snowflakes: whole numbers of 19 digits, 200 of which are two different doubles. */
const IDS = Array.from({ length: 200 }, (_, i) => 1234567890123456001n + BigInt(i));

describe('keys of long ids', () => {
  it.each([
    ['CSV', utf8(`acct,x\n${IDS.map((id) => `${id},1\n`).join('')}`)],
    ['CSV in quotes', utf8(`acct,x\n${IDS.map((id) => `"${id}",1\n`).join('')}`)],
    ['JSON Lines', utf8(IDS.map((id) => `{"acct":${id},"x":1}\n`).join(''))],
    ['Parquet int64', parquet('INT64', IDS)],
    ['Parquet uint64', parquet('UINT_64', IDS)],
  ])('are as many as the ids of %s, whether or not they are declared', async (_, bytes) => {
    for (const kinds of [{}, { acct: 'categorical' as const }]) {
      const table = await readTable(bytes, { file: 'ids', kinds });
      expect(table.column('acct')!.kind).toBe('categorical');
      expect(new Set(rowKeys(table, ['acct'])).size).toBe(200);
    }
  });
  it('are those of the digits in every format', async () => {
    const keysOf = async (bytes: Uint8Array) => rowKeys(await readTable(bytes, { file: 'ids' }), ['acct']);
    const csv = await keysOf(utf8(`acct\n${IDS.join('\n')}\n`));
    expect(await keysOf(utf8(IDS.map((id) => `{"acct":${id}}\n`).join('')))).toEqual(csv);
    expect(await keysOf(parquet('INT64', IDS))).toEqual(csv);
  });
});

describe('keys of codes', () => {
  it.each([
    [['00001', '1', '01', '1e0']],
    [['0001E1', '10', '0010', '1e1']],
    [['1.10', '1.1', '1.100']],
    [['0x10', '16', ' 16', '+16']],
  ])('tell %j apart, although they are one number', (codes) => {
    const keys = rowKeys(createTable([categoricalColumn('code', codes)]), ['code']);
    expect(new Set(keys).size).toBe(codes.length);
  });
  it('are those of the number where a number is written, as pandas or JavaScript do', () => {
    const values = Float64Array.of(7, -3, 0.25, 1e21);
    const numbers = rowKeys(createTable([{ kind: 'numeric', name: 'x', values }]), ['x']);
    for (const texts of [
      ['7', '-3', '0.25', '1e+21'],
      ['7.0', '-3.0', '0.25', '1e+21'],
    ])
      expect(rowKeys(createTable([categoricalColumn('x', texts)]), ['x'])).toEqual(numbers);
  });
});

function parquet(type: 'INT64' | 'UINT_64', ids: readonly bigint[]): Uint8Array {
  const column = { name: 'acct', data: BigInt64Array.from(ids) };
  return new Uint8Array(
    parquetWriteBuffer({
      columnData: [column],
      schema: [
        { name: 'root', num_children: 1 },
        {
          name: 'acct',
          type: 'INT64',
          repetition_type: 'REQUIRED',
          ...(type === 'UINT_64' && { converted_type: type }),
        },
      ],
    }),
  );
}
