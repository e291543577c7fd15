import { deepEqual, ok } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readContainer } from '../../core/models/file/container.ts';
import { MODEL_SCHEMA } from '../../core/models/model-file.ts';
import { MODEL_FIXTURES } from '../../core/models/small-models.fixture.ts';
import { StoredArray } from '../../core/models/typed-array-json.ts';

// The Python of docs/model-file.md reads every model that is kept, and finds in it what we do.

const page = readFileSync(new URL('../../docs/model-file.md', import.meta.url), 'utf8');
const reader = page.match(/```python\n(.*?)```/s)?.[1];
ok(reader, 'docs/model-file.md has no Python');
const folder = new URL(`schema-${MODEL_SCHEMA}/`, MODEL_FIXTURES);
const files = readdirSync(folder).filter((name) => name.endsWith('.model'));
ok(files.length > 0, `no files in ${folder}`);
for (const name of files) {
  const file = new URL(name, folder);
  const program = `${reader}\nimport sys\nprint(json.dumps(read_model(open(sys.argv[1], 'rb').read())))`;
  const found = JSON.parse(execFileSync('python3', ['-c', program, fileURLToPath(file)], { encoding: 'utf8' }));
  deepEqual(found, plain(readContainer(readFileSync(file))), name);
  process.stdout.write(`${name}: the same\n`);
}

function plain(document: unknown): unknown {
  return JSON.parse(JSON.stringify(document, (_, value) => (value instanceof StoredArray ? [...value.array] : value)));
}
