import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { pythonWith } from '../python.ts';

// The repository's own dvc.yaml, with the real DVC: the first `dvc repro` runs all and makes the tables and models of the committed
// dvc.lock, the second runs nothing, and a changed parameter what depends on it. `--write` refreshes dvc.lock.

/** How this repository's stages call the command line. */
const CALL = 'npm run --silent mlops --';
const root = fileURLToPath(new URL('../..', import.meta.url));
const python = pythonWith(['dvc==3.67.1']);
const folder = mkdtempSync(join(tmpdir(), 'dvc-'));
const env = {
  ...process.env,
  DVC_NO_ANALYTICS: 'true',
  PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}`,
};
try {
  for (const path of git(root, 'ls-files', '-z').split('\0').filter(Boolean))
    cpSync(join(root, path), join(folder, path));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  git(folder, 'init', '--quiet', '--initial-branch=main');
  commit('first');
  mlops('dvc', '--run', CALL);
  expect('dvc.yaml', git(folder, 'status', '--porcelain') === '', 'another one than `mlops dvc` writes');

  const first = dvc('repro');
  expectRun(first, STAGES());
  if (process.argv.includes('--write')) cpSync(join(folder, 'dvc.lock'), join(root, 'dvc.lock'));
  const committed = madeThere(join(root, 'dvc.lock'));
  const made = madeThere(join(folder, 'dvc.lock'));
  for (const [path, md5] of made)
    expect(
      `dvc.lock: ${path}`,
      committed.get(path) === md5,
      `${md5}; \`npm run test:dvc -- --write\` refreshes dvc.lock`,
    );
  expect('dvc.lock', committed.size === made.size, 'other tables and models than are made');
  commit('locked');
  const second = dvc('repro');
  expectRun(second, []);
  expect('the second run', /up to date/.test(second), second);

  const metrics = JSON.parse(dvc('metrics', 'show', '--json')) as {
    '': { data: Record<string, { data: Record<string, number> }> };
  };
  const churn = metrics[''].data['metrics/metrics_customer_churn_random_forest.json']?.data ?? {};
  for (const key of ['oof_roc_auc', 'test_roc_auc', 'train_roc_auc', 'cv_mean_score'])
    expect(`metric ${key}`, typeof churn[key] === 'number', JSON.stringify(churn));

  const file = join(folder, 'mlops.yml');
  const before = readFileSync(file, 'utf8');
  writeFileSync(file, before.replace('f1: { min: 0.5 }\n  customer', 'f1: { min: 0.4 }\n  customer'));
  expectRun(dvc('repro'), ['compare_results']);
  const edited = before.replace('logistic_regression: {}', 'logistic_regression: { C: 0.5 }');
  writeFileSync(file, edited);
  expectRun(dvc('repro'), ['train_credit_fraud', 'compare_results']);

  // A key that comes stops the pipeline until `mlops dvc` has told DVC of it, and so does one that goes.
  const withKey = edited.replace('    target: Class\n', '    target: Class\n    threshold: 0.4\n');
  expect('a dataset of this name', withKey !== edited, edited);
  for (const [text, reason] of [
    [withKey, /does not fit the project file any more[\s\S]*train_credit_fraud/],
    [edited, /datasets\.credit_fraud\.threshold' are missing/],
  ] as const) {
    writeFileSync(file, text);
    const refused = failing('repro');
    expect('why DVC stops', reason.test(refused), refused);
    mlops('dvc', '--run', CALL);
    expectRun(dvc('repro', '--no-run-cache'), ['train_credit_fraud', 'compare_results']);
  }

  // What DVC says of the file that a stranger has: ours beside their own.
  writeFileSync(join(folder, 'dvc.yaml'), `stages:\n  own: # mine\n    cmd: echo hello\n`);
  mlops('dvc', '--run', CALL);
  expectRun(dvc('repro', 'own'), ['own']);
  expect('their comment', readFileSync(join(folder, 'dvc.yaml'), 'utf8').includes('# mine'), 'it is gone');
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function STAGES(): string[] {
  return ['generate_data', 'train_california_housing', 'train_credit_fraud', 'train_customer_churn', 'compare_results'];
}

/** The MD5 of each table and model in a lock file: they are the same on every machine. Metrics and reports hold times. */
function madeThere(path: string): Map<string, string> {
  const { stages } = parse(readFileSync(path, 'utf8')) as {
    stages: Record<string, { outs?: readonly { path: string; md5: string }[] }>;
  };
  const outs = Object.values(stages).flatMap((stage) => stage.outs ?? []);
  return new Map(outs.flatMap((out) => (/^(data|models)\//.test(out.path) ? [[out.path, out.md5]] : [])));
}

function dvc(...args: string[]): string {
  return run(python, '-m', 'dvc', ...args);
}

/** What DVC says where it has to fail. */
function failing(...args: string[]): string {
  process.stdout.write(`$ dvc ${args.join(' ')}\n`);
  const { status, stdout, stderr } = spawnSync(python, ['-m', 'dvc', ...args], { cwd: folder, env, encoding: 'utf8' });
  expect('the exit code', status !== 0, stdout);
  return stdout + stderr;
}

function mlops(...args: string[]): string {
  return run(process.execPath, 'cli/index.ts', ...args);
}

function run(program: string, ...args: string[]): string {
  process.stdout.write(`$ ${args.join(' ')}\n`);
  const output = execFileSync(program, args, {
    cwd: folder,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 1e9,
  });
  process.stdout.write(output.length > 4000 ? `${output.slice(0, 4000)}…\n` : output);
  return output;
}

function expectRun(output: string, stages: readonly string[]): void {
  const ran = [...output.matchAll(/^Running stage '(\w+)'/gm)].map(([, name]) => name!);
  expect(
    'stages that ran',
    JSON.stringify(ran.toSorted()) === JSON.stringify(stages.toSorted()),
    ran.join(', ') || 'none',
  );
}

function expect(what: string, isRight: boolean, found: string): void {
  if (!isRight) throw new Error(`${what}: found ${found}`);
}

function git(cwd: string, ...args: string[]): string {
  const person = ['-c', 'user.name=A', '-c', 'user.email=a@example.org', '-c', 'maintenance.auto=false'];
  return execFileSync('git', [...person, ...args], { cwd, encoding: 'utf8' });
}

function commit(message: string): void {
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', `--message=${message}`);
}
