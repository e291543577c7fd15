import { aRowSet, someEvidence } from '../../core/evidence/evidence.fixture.ts';
import { openFolderStores } from '../../core/io/folder/folder-stores.ts';
import { createGitRecordFiles } from '../../core/io/git/git-record-files.ts';
import { aRun } from '../../core/tracking/run.fixture.ts';
import { createRunId } from '../../core/tracking/run-id.ts';
import { createRunStore } from '../../core/tracking/run-store.ts';

// One writer of check-stores.ts: puts runs, one after the other, and prints the id of each that is kept.

const [kind, place, workDir, name, count] = process.argv.slice(2) as [string, string, string, string, string];
const folder = openFolderStores(place);
const warn = (message: string) => void process.stderr.write(`${message}\n`);
const store =
  kind === 'git' ? createRunStore(createGitRecordFiles({ remote: place, branch: 'runs', workDir, warn })) : folder.runs;
const rowSet = aRowSet();

process.stdout.write('ready\n');
for await (const _ of process.stdin) break;
for (let i = 0; i < Number(count); i++) {
  const run = aRun();
  const id = createRunId({ createdAt: run.createdAt, dataset: 'a', model: 'b', nonce: `${name} ${i}` });
  if (kind === 'folder') await folder.evidence.put(rowSet, [someEvidence(rowSet, { run: id })]);
  await store.put([{ ...run, id }]);
  process.stdout.write(`${id}\n`);
}
