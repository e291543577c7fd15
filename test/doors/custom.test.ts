import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { generators } from '../../core/datasets/index.ts';
import { writeCsv } from '../../core/table/csv-writer.ts';
import { mlopsIn } from './mlops.fixture.ts';

const TABLE = writeCsv(generators.get('customer_churn').generate({ rows: 300, seed: 7 }));
/** Predicts by contract alone: the share of those who left. */
const TRAIN = `
const { readFileSync, writeFileSync } = require('fs');
const { MLOPS_TRAIN, MLOPS_TEST, MLOPS_PREDICTIONS, MLOPS_TARGET, GITHUB_TOKEN } = process.env;
if (GITHUB_TOKEN !== undefined) throw new Error('the token is here');
const rows = (path) => readFileSync(path, 'utf8').trimEnd().split('\\n').map((line) => line.split(','));
const [header, ...train] = rows(MLOPS_TRAIN);
const [testHeader, ...test] = rows(MLOPS_TEST);
const contract = header.indexOf('Contract');
if (testHeader.includes(MLOPS_TARGET) || testHeader.indexOf('Contract') !== contract) throw new Error('unexpected header');
const share = (rows) => rows.filter((row) => row.at(-1) === 'Yes').length / rows.length;
const p = (kind) => share(train.filter((row) => row[contract] === kind));
writeFileSync(MLOPS_PREDICTIONS, ['key,prediction', ...test.map((row) => row[0] + ',' + p(row[contract]))].join('\\n'));
console.log('left in training: ' + share(train));
`;
const project = (command: string) => `datasets:
  churn:
    path: churn.csv
    target: Churn
    metrics: [roc_auc, accuracy]
    models: { dummy: {}, custom: { command: ${command}, repeats: 1 } }
    gates: { model: custom, roc_auc: { min: 0.6, max_drop: 0.02 } }
`;

const entry = fileURLToPath(new URL('../../cli/index.ts', import.meta.url));

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'custom-'));
  execFileSync('git', ['init', '--quiet', '--initial-branch=main'], { cwd });
  put('.gitignore', '.mlops/\nmetrics/\nmodels/\nreports/\n');
  put('churn.csv', TABLE);
  put('train.js', TRAIN);
  process.env.GITHUB_TOKEN = 'not for commands';
});
afterEach(() => {
  delete process.env.GITHUB_TOKEN;
  rmSync(cwd, { recursive: true, force: true });
});

const put = (name: string, text: string) => writeFileSync(join(cwd, name), text);
async function mlops(yml: string, ...args: string[]) {
  put('mlops.yml', yml);
  const identity = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com'];
  execFileSync('git', ['add', '--all'], { cwd });
  execFileSync('git', [...identity, 'commit', '--quiet', '--message', 'work', '--allow-empty'], { cwd });
  return mlopsIn(cwd, args);
}
const NODE = JSON.stringify(process.execPath);

describe('a command as a model, from the command line', () => {
  it('is trained, measured on every row, gated and compared', async () => {
    const yml = project(`[${NODE}, train.js]`);
    const first = await mlops(yml, 'pipeline', '--json');
    expect(first.stderr).toContain('churn custom, fold 4, repeat 0 said:\n    | left in training: 0.');
    expect(first.stderr).toContain('churn custom: trained 5 times');
    expect(first.code).toBe(0);
    const { runs } = JSON.parse(first.stdout).result;
    const custom = runs.find(({ model }: { model: string }) => model === 'custom');
    expect(custom.metrics.roc_auc.out_of_fold.n).toBe(300);
    expect(custom.metrics.roc_auc.out_of_fold.value).toBeGreaterThan(0.6);

    const again = await mlops(yml, 'pipeline', '--quiet');
    expect(again.stdout).toContain('churn roc_auc (custom)');
    expect(again.stdout).toContain('✅');
    put('train.js', TRAIN.replace('p(row[contract])', '0.5'));
    const worse = await mlops(yml, 'pipeline', '--quiet');
    expect(worse.stdout).toMatch(/❌ churn roc_auc \(custom\) dropped by 0\.\d+ \(0\.\d+ → 0\.5000\)/);
    expect(worse.code).toBe(1);
  });

  it.each([
    [
      'ends with an error',
      `[${NODE}, -e, "console.error('no ' + 'data'); process.exit(3)"]`,
      ['churn custom, fold 0, repeat 0: the command ended with exit code 3', '    | no data', 'next:'],
    ],
    [
      'is not there',
      '[pythn-of-nobody, train.py]',
      ['there is no program "pythn-of-nobody"', 'not in any folder of PATH', 'next:'],
    ],
    [
      'writes nothing',
      `[${NODE}, -e, "0"]`,
      ['predictions.csv: the command succeeded but wrote no predictions', 'allowed:', 'MLOPS_PREDICTIONS'],
    ],
    [
      'writes nonsense',
      `[${NODE}, -e, "require('fs').writeFileSync(process.argv[1], 'a,b')", "{predictions}"]`,
      ['fold 0, repeat 0: predictions.csv: line 1: there is no column "key"', 'found: "a", "b"'],
    ],
    [
      'is misspelt',
      `[${NODE}, train.js, "{sed}"]`,
      ['mlops.yml:6: datasets.churn.models.custom.command.2: unknown placeholder {sed}', 'did you mean {seed}?'],
    ],
    [
      'takes too long',
      `[${NODE}, -e, "setTimeout(() => {{}}, 60000)"], timeout: 1`,
      ['took longer than 1 s and was stopped', '"timeout"'],
    ],
  ])("that %s is the user's mistake: no stack, and nothing recorded", async (_, command, expected) => {
    const { code, stdout, stderr } = await mlops(project(command), 'train', '--quiet');
    for (const text of expected) expect(stderr).toContain(text);
    expect(stderr).not.toMatch(/\n {4}at /);
    expect([code, stdout]).toEqual([2, '']);
    expect(readdirSync(cwd)).not.toContain('.mlops');
  });

  const PIPE = "require('child_process').execFileSync('mkfifo', [process.argv[1]])";
  const LINK = "require('fs').symlinkSync('/etc/passwd', process.argv[1])";
  const HUGE =
    "const fs = require('fs'); fs.writeFileSync(process.argv[1], ''); fs.truncateSync(process.argv[1], 2 ** 43)";
  const FOLDER = "require('fs').mkdirSync(process.argv[1])";
  it.each([
    ['a named pipe for predictions', PIPE, 'predictions', 'a named pipe (FIFO)', '512,000,000'],
    ['a link to a file of the machine', LINK, 'predictions', 'a symbolic link', '512,000,000'],
    ['eight terabytes of predictions', HUGE, 'predictions', '8,796,093,022,208 bytes', '512,000,000'],
    ['a named pipe for metrics', PIPE, 'metrics', 'a named pipe (FIFO)', '100,000'],
    ['eight terabytes of metrics', HUGE, 'metrics', '8,796,093,022,208 bytes', '100,000'],
    ['a named pipe for a model', PIPE, 'model', 'a named pipe (FIFO)', '1,000,000,000'],
    ['a folder for a model', FOLDER, 'model', 'a folder', '1,000,000,000'],
    ['eight terabytes of a model', HUGE, 'model', '8,796,093,022,208 bytes', '1,000,000,000'],
  ])("that leaves %s is the user's mistake, and the job goes on to say so", async (_, code, file, found, allowed) => {
    const protocol = file === 'metrics' ? 'metrics' : 'folds';
    put(
      'trap.js',
      file === 'model' ? `${TRAIN}\nprocess.argv.splice(1, 1);\n${code}` : `process.argv.splice(1, 1);\n${code}`,
    );
    const yml = project(`[${NODE}, trap.js, "{${file}}"], protocol: ${protocol}`);
    const { code: exit, stdout, stderr } = await mlops(yml, 'train', '--quiet');
    expect(stderr).toMatch(new RegExp(`churn custom, fold 0, repeat 0: ${file}(\\.\\w+)?: the `));
    expect(stderr).toContain(`found: ${found}\n  allowed: a regular file of at most ${allowed} bytes\n  next: `);
    expect(stderr).not.toMatch(/\n {4}at /);
    expect([exit, stdout]).toEqual([2, '']);
    expect(readdirSync(cwd)).not.toContain('.mlops');
  });

  it('ends with mlops when that is cancelled, and leaves no folder behind', async () => {
    put(
      'wait.js',
      "require('fs').writeFileSync('started', process.pid + ' ' + process.env.MLOPS_TRAIN); setTimeout(() => {}, 60000);",
    );
    put('mlops.yml', project(`[${NODE}, wait.js]`));
    const started = join(cwd, 'started');
    const child = spawn(process.execPath, [entry, 'train', '--quiet'], { cwd, stdio: 'ignore' });
    const ended = new Promise((done) => child.once('exit', (_, signal) => done(signal)));
    while (!existsSync(started) || readFileSync(started, 'utf8') === '') await sleep(50);
    const [pid, table] = readFileSync(started, 'utf8').split(' ');
    expect(existsSync(table!)).toBe(true);
    child.kill('SIGINT');
    expect(await ended).toBe('SIGINT');
    expect(existsSync(table!)).toBe(false);
    const isAlive = () => {
      const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', pid!], { encoding: 'utf8' });
      return stdout.trim() !== '' && !stdout.trim().startsWith('Z');
    };
    for (let i = 0; i < 100 && isAlive(); i++) await sleep(50);
    expect(isAlive()).toBe(false);
  });

  it('may be a script with an interpreter of its own', async () => {
    put(
      'train.sh',
      `#!/bin/sh\nset -eu\nawk -F, 'NR == 1 {print "key,prediction"} NR > 1 {print $1 ",0.5"}' "$MLOPS_TEST" > "$MLOPS_PREDICTIONS"\n`,
    );
    chmodSync(join(cwd, 'train.sh'), 0o755);
    const { code, stdout } = await mlops(project('[./train.sh]').replace('min: 0.6', 'min: 0.5'), 'train', '--quiet');
    expect(stdout).toMatch(/custom.*│ +0\.5000/);
    expect(code).toBe(0);
  });
});
