import { aRowSet, someEvidence } from '../core/evidence/evidence.fixture.ts';
import { createFolderEvidenceStore } from '../core/io/folder/folder-evidence-store.ts';
import { createFolderRunStore } from '../core/io/folder/folder-run-store.ts';
import { createGitRunStore } from '../core/io/git/git-run-store.ts';
import { aRun } from '../core/tracking/run.fixture.ts';
import { createRunId } from '../core/tracking/run-id.ts';

// One writer of check-stores.ts: puts runs, one after the other, and prints the id of each that is kept.

const [kind, place, workDir, name, count] = process.argv.slice(2) as [string, string, string, string, string];
const store =
  kind === 'git'
    ? createGitRunStore({
        remote: place,
        branch: 'runs',
        workDir,
        warn: (message) => process.stderr.write(`${message}\n`),
      })
    : createFolderRunStore(place);
const evidence = createFolderEvidenceStore(place);
const rowSet = aRowSet();

process.stdout.write('ready\n');
for await (const _ of process.stdin) break;
for (let i = 0; i < Number(count); i++) {
  const run = aRun();
  const id = createRunId({ createdAt: run.createdAt, dataset: 'a', model: 'b', nonce: `${name} ${i}` });
  if (kind === 'folder') await evidence.put(rowSet, [someEvidence(rowSet, { run: id })]);
  await store.put([{ ...run, id }]);
  process.stdout.write(`${id}\n`);
}
