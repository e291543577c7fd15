import { describe, expect, it } from 'vitest';
import { aCheckout, aCommit, type Files, someCommits } from './commits.fixture.ts';
import { refuseCommittedRecords } from './committed-records.ts';

const refusal = (files: Files, folder = '') =>
  refuseCommittedRecords(someCommits(aCheckout(aCommit('1', files), {}, folder), []), '.mlops');

describe('refuseCommittedRecords', () => {
  it.each([
    ['a run', { '.mlops/runs/2026/a.json': '{}' }, ''],
    ['a run beside a project in a folder', { 'ml/.mlops/runs/2026/a.json': '{}' }, 'ml'],
    ['a run by another name of the folder', { '.MLops/runs/2026/a.json': '{}' }, ''],
    ['a link to where runs are', { '.mlops': '-> other' }, ''],
  ])('refuses %s', async (_, files, folder) =>
    expect(refusal(files, folder)).rejects.toThrow(
      /is in the commit that is checked out.*\n.*\n.*\n.*git rm -r --cached \.mlops/,
    ),
  );

  it.each([
    ['another folder', { '.mlops-old/a.json': '{}', 'docs/.mlops/a.json': '{}' }, ''],
    ['the records of another project', { 'other/.mlops/a.json': '{}' }, 'ml'],
    ['nothing', {}, ''],
  ])('minds not %s', async (_, files, folder) => expect(refusal(files, folder)).resolves.toBeUndefined());
});
