import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { commands } from '../../core/commands/index.ts';
import { mlopsIn } from './mlops.fixture.ts';

const schema: object = JSON.parse(
  readFileSync(fileURLToPath(new URL('../../docs/json.schema.json', import.meta.url)), 'utf8'),
);
const check = addFormats.default(new Ajv2020({ strict: false })).compile(schema);

/** What each command prints, in an order in which each finds what it needs. */
const LINES: readonly (readonly [status: string, ...args: string[]])[] = [
  ['done', 'generate'],
  ['done', 'config'],
  ['done', 'check'],
  ['done', 'train'],
  ['fail', 'pipeline'],
  ['fail', 'compare'],
  ['done', 'accept', 'houses.r2', '--because', 'a first model'],
  ['done', 'plan'],
  ['pass', 'compare'],
  ['done', 'limits'],
  ['done', 'tune', '--trials', '3'],
  ['done', 'runs', 'list'],
  ['done', 'runs', 'show', 'latest'],
  ['done', 'runs', 'diff', 'latest', 'latest'],
  ['done', 'runs', 'export', '--csv'],
  ['pass', 'compare', 'latest', 'latest'],
  ['done', 'predict', '--model', 'models/houses_random_forest.model', '--data', 'houses.csv'],
  ['pass', 'drift', '--share', '1'],
  ['done', 'explain', '--model', 'models/houses_random_forest.model', '--data', 'houses.csv'],
  ['done', 'dvc'],
  ['done', 'init', '--workflow'],
  ['done', 'init', 'houses.csv', '--target', 'MedHouseVal', '--config', 'other.yml'],
];

let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'json-'));
  writeFileSync(
    join(cwd, 'mlops.yml'),
    `datasets:
  houses:
    path: houses.csv
    target: MedHouseVal
    generator: { id: california_housing, rows: 120, current: later.csv }
    metrics: [r2, rmse]
    models: { random_forest: { n_estimators: 3 } }
    gates: { r2: { min: 0.99 } }
`,
  );
  writeFileSync(join(cwd, '.gitignore'), '.mlops/\nmetrics/\nmodels/\nreports/\n*.csv\n*.json\nother.yml\n');
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], { cwd });
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'work');
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

it('every command prints a document that docs/json.schema.json describes', async () => {
  const seen = new Set<string>();
  for (const [status, ...args] of LINES) {
    const { stdout, stderr } = await mlopsIn(cwd, [...args, '--json', '--quiet']);
    const document = JSON.parse(stdout) as { command: string; status: string; result: unknown; errors: unknown };
    expect(check(document), `${args.join(' ')}: ${JSON.stringify(check.errors)}`).toBe(true);
    expect(document, `${args.join(' ')}: ${stderr}`).toMatchObject({ schema: 2, status, errors: [] });
    expect(document.result).not.toBe(null);
    seen.add(document.command);
  }
  const offered = commands.all.flatMap(({ id, doors }): string[] => (doors.includes('cli') ? [id] : []));
  expect([...seen].sort()).toEqual(offered.sort());
}, 120_000);

it('an error is such a document, too', async () => {
  for (const args of [['train', '--threads', 'many'], ['nonsense'], ['runs', 'show', 'nothing']]) {
    const { code, stdout } = await mlopsIn(cwd, [...args, '--json']);
    const document = JSON.parse(stdout) as { errors: unknown[] };
    expect(document).toMatchObject({ schema: 2, status: 'error', result: null });
    expect(document.errors).toHaveLength(1);
    expect(code).toBe(2);
  }
});

it('names of keys are in snake_case', () => {
  const names: string[] = [];
  JSON.stringify(schema, (key, value: unknown) => {
    if (key === 'properties') names.push(...Object.keys(value as object));
    return value;
  });
  expect(names.length).toBeGreaterThan(100);
  expect(names.filter((name) => !/^[a-z][a-z0-9_]*$/.test(name))).toEqual([]);
});
