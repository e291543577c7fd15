import { execFileSync, spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { mlopsIn } from './mlops.fixture.ts';

const CLI = fileURLToPath(new URL('../../cli/index.ts', import.meta.url));
const JOURNAL = '.mlops/tuning/churn_logistic_regression.journal';
const PROJECT = `# The churn of a shop.
datasets:
  churn:
    path: churn.csv
    target: Churn
    generator: { id: customer_churn, rows: 1500 }
    metrics: [log_loss] # what counts
    models:
      logistic_regression: { C: 0.00001 } # far too small
      random_forest: { n_estimators: 40 }
tuning: { trials: 8 }
`;

let cwd: string;
const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], { cwd });
const config = () => readFileSync(join(cwd, 'mlops.yml'), 'utf8');
const tune = (...args: string[]) => mlopsIn(cwd, ['tune', '--model', 'logistic_regression', '--quiet', ...args]);

beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), 'tune-'));
  writeFileSync(join(cwd, 'mlops.yml'), PROJECT);
  writeFileSync(join(cwd, '.gitignore'), '.mlops/\n*.csv\n');
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'work');
  await mlopsIn(cwd, ['generate', '--quiet']);
});
beforeEach(() => {
  writeFileSync(join(cwd, 'mlops.yml'), PROJECT);
  rmSync(join(cwd, '.mlops'), { recursive: true, force: true });
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

describe('mlops tune', () => {
  it('--write edits the parameters that are better, and nothing else', async () => {
    const { code, stdout } = await tune('--write');
    expect([code, stdout]).toEqual([0, expect.stringContaining('Written into mlops.yml')]);
    const [, c] = /C: (\S+) \}/.exec(config()) ?? [];
    expect(Number(c)).toBeGreaterThan(0.0001);
    expect(config()).toBe(PROJECT.replace('0.00001', c!));
    const { stdout: page } = await mlopsIn(cwd, ['runs', 'show', /run (\S+)/.exec(stdout)![1]!]);
    expect(page).toMatch(/study +churn logistic_regression: trial \d, the best of 8/);
  });

  it('writes nothing where nothing is better', async () => {
    const good = PROJECT.replace('0.00001', '0.05');
    writeFileSync(join(cwd, 'mlops.yml'), good);
    const { code, stdout } = await tune('--write', '--trials', '4');
    expect([code, stdout]).toEqual([0, expect.stringContaining('Not better')]);
    expect(config()).toBe(good);
  });

  it('goes on to more trials, and tells of a torn journal where it is torn', async () => {
    await tune('--trials', '3');
    const { stdout } = await tune('--trials', '5', '--json');
    expect(JSON.parse(stdout).result.studies[0].trials).toHaveLength(5);
    const whole = readFileSync(join(cwd, JOURNAL), 'utf8');
    appendFileSync(join(cwd, JOURNAL), '{"op_code": 4');
    const { code, stderr } = await tune();
    expect(code).toBe(2);
    expect(stderr).toContain(`${JOURNAL}:${whole.split('\n').length}: is not complete`);
    expect(stderr).toContain('next: remove this last line');
    expect(readFileSync(join(cwd, JOURNAL), 'utf8')).toBe(`${whole}{"op_code": 4`);
  });

  it('searches what the base commit says, until a change of it is merged', async () => {
    git('switch', '--quiet', '--create', 'wider');
    writeFileSync(
      join(cwd, 'mlops.yml'),
      PROJECT.replace(
        '{ trials: 8 }',
        '{ trials: 2, spaces: { logistic_regression: { tol: { type: float, low: 0.001, high: 0.1 } } } }',
      ),
    );
    const { code, stdout, stderr } = await tune('--json');
    git('switch', '--quiet', 'main', '--force');
    git('branch', '--delete', '--force', 'wider');
    expect([code, stderr]).toEqual([
      0,
      expect.stringContaining('`tuning.spaces.logistic_regression` is searched as the base commit says'),
    ]);
    const [study] = JSON.parse(stdout).result.studies;
    expect(study.trials).toHaveLength(2);
    expect(study.trials.map(({ params }: { params: object }) => Object.keys(params))).toEqual([[], ['C']]);
  });

  it.each([
    [['--model', 'random_forrest'], 'did you mean "random_forest"?'],
    [['--sampler', 'tpr'], 'did you mean "tpe"?'],
    [['--write', '--set', 'models.random_forest.n_estimators=3'], '`write` and `set` exclude each other'],
    [['--set', 'tuning.spaces.random_forest.max_depth={type: int, low: 9, high: 3}'], '`low` is above `high`'],
    [['--set', 'tuning.spaces.random_forest.max_dept={type: int, low: 3, high: 9}'], 'did you mean "max_depth"?'],
  ])('exits with 2 for %j', async (args, message) => {
    const { code, stderr } = await mlopsIn(cwd, ['tune', ...args]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
    expect(existsSync(join(cwd, '.mlops/tuning'))).toBe(false);
  });

  it('keeps the trials that have ended when it is interrupted, and says how to go on', async () => {
    const args = [CLI, 'tune', '--model', 'random_forest', '--trials', '1000', '--json'];
    const child = spawn(process.execPath, args, { cwd });
    let stdout = '';
    child.stdout.on('data', (part) => (stdout += String(part)));
    child.stderr.resume();
    const journal = join(cwd, '.mlops/tuning/churn_random_forest.journal');
    const ended = () => (existsSync(journal) ? readFileSync(journal, 'utf8').split('"op_code":6').length - 1 : 0);
    const poll = setInterval(() => {
      if (ended() < 2) return;
      clearInterval(poll);
      child.kill('SIGINT');
    }, 20);
    const code = await new Promise((done) => child.on('close', done));
    expect(code).toBe(130);
    const { result, warnings } = JSON.parse(stdout);
    expect(result.studies[0]).toMatchObject({ ended: 'interrupted', judgement: null });
    expect(result.studies[0].trials.length).toBeGreaterThanOrEqual(2);
    expect(warnings).toContain('churn random_forest: interrupted; run the command again to go on');
  }, 60_000);
});
