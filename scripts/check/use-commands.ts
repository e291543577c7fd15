import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands } from '../../core/commands/index.ts';
import { generators } from '../../core/datasets/index.ts';
import { writeCsv } from '../../core/table/csv-writer.ts';

/** A gate that fails, so that it can be accepted. */
const PROJECT = `datasets:
  churn:
    path: churn.csv
    target: Churn
    metrics: [accuracy]
    models: { random_forest: { n_estimators: 10 }, gradient_boosting: { n_estimators: 10 }, logistic_regression: {} }
    gates: { model: logistic_regression, accuracy: { min: 0.99 } }
  housing:
    path: housing.csv
    target: MedHouseVal
    generator: { id: california_housing, rows: 100 }
    models: [linear_regression]
`;

/**
 * Uses every command of the packed command line in a new repository, and looks at exit codes, at what is printed and at
 * warnings of Node.
 *
 * @param node the Node that runs it.
 * @param mlops the installed command.
 * @returns the SHA-256 of each model file by name.
 */
export function useCommands(node: string, mlops: string): Readonly<Record<string, string>> {
  const cwd = mkdtempSync(join(tmpdir(), 'commands-'));
  const used = new Set<string>();

  /** Runs a command that ends with this exit code: what it printed to standard output. */
  const run = (code: number, ...args: string[]): string => {
    used.add(args[0] === 'runs' ? `runs ${args[1]}` : args[0]!);
    const { status, stdout, stderr } = spawnSync(node, [mlops, ...args], { cwd, encoding: 'utf8' });
    const isOurs = status === code && !/Warning|\n {4}at /.test(stderr);
    if (!isOurs) throw new Error(`mlops ${args.join(' ')} ended with ${status}, not ${code}:\n${stdout}${stderr}`);
    return stdout;
  };
  const expectIn = (text: string, part: string) => {
    if (!text.includes(part)) throw new Error(`"${part}" is not in:\n${text}`);
  };
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], { cwd });

  try {
    git('init', '--quiet', '--initial-branch=main');
    git('config', 'user.name', 'Ada');
    const churn = writeCsv(generators.get('customer_churn').generate({ rows: 200, seed: 1 }));
    writeFileSync(join(cwd, 'churn.csv'), churn);
    writeFileSync(join(cwd, 'rows.jsonl'), '{"x":1,"y":"a"}\n{"x":2,"y":"b"}\n'.repeat(20));
    writeFileSync(join(cwd, '.gitignore'), '.mlops/\nmetrics/\nmodels/\nreports/\n');

    expectIn(run(0, 'init', 'churn.csv', '--target', 'Churn'), 'mlops.yml');
    run(0, 'init', 'rows.jsonl', '--target', 'y', '--config', 'rows.yml');
    writeFileSync(join(cwd, 'mlops.yml'), PROJECT);
    git('add', '--all');
    git('commit', '--quiet', '--message', 'first');

    expectIn(run(0, 'config'), 'n_estimators: 10');
    expectIn(run(0, 'generate'), 'housing.csv');
    git('add', '--all');
    git('commit', '--quiet', '--message', 'table');
    expectIn(run(0, 'check', 'churn.csv'), 'dataset churn');
    expectIn(run(0, 'plan'), 'to train: ');
    run(0, 'train', '--dataset', 'housing');
    expectIn(run(1, 'pipeline'), '❌');
    run(0, 'accept', 'churn.accuracy', '--because', 'a first model');
    expectIn(run(0, 'pipeline'), 'accepted by Ada');
    expectIn(run(0, 'compare'), 'accepted by Ada');
    JSON.parse(run(0, 'pipeline', '--json', '--quiet'));

    const ids = readdirSync(join(cwd, '.mlops/runs'), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.json') && path.includes('-churn-'))
      .map((path) => path.split(/[\\/]/).at(-1)!.replace('.json', ''));
    expectIn(run(0, 'runs', 'list'), 'churn');
    for (const id of ids) expectIn(run(0, 'runs', 'show', id), id);
    run(0, 'runs', 'diff', ids[0]!, ids[1]!);
    expectIn(run(0, 'runs', 'export', '--csv'), ids[0]!);
    const idOf = (model: string) => ids.find((id) => id.includes(`-churn-${model}-`))!;
    expectIn(run(1, 'compare', idOf('gradient_boosting'), idOf('random_forest')), 'accuracy');

    const model = 'models/churn_random_forest.model';
    expectIn(run(0, 'predict', '--model', model, '--data', 'churn.csv'), 'probability_Yes');
    expectIn(run(0, 'drift', '--reference', 'churn.csv', '--current', 'churn.csv', '--share', '0'), 'no drift');
    expectIn(run(0, 'explain', '--model', model, '--data', 'churn.csv'), 'permutation: ');
    run(0, 'limits', '--dataset', 'churn');
    expectIn(run(0, 'tune', '--dataset', 'churn', '--model', 'logistic_regression', '--trials', '3'), '3 trials');
    expectIn(run(0, 'dvc'), 'dvc.yaml');
    run(2, 'predict', '--model', model, '--data', 'nowhere.csv');

    const offered = commands.all.filter(({ doors }) => doors.includes('cli')).map(({ id }) => id);
    const unused = offered.filter((id) => !used.has(id));
    if (unused.length > 0) throw new Error(`not every command was used: ${unused.join(', ')}`);
    const help = run(0, '--help') + run(0, 'runs', '--help');
    for (const id of offered) expectIn(help, `  ${id.split(' ').at(-1)} `);

    const sha256 = (name: string) =>
      createHash('sha256')
        .update(readFileSync(join(cwd, 'models', name)))
        .digest('hex');
    return Object.fromEntries(
      readdirSync(join(cwd, 'models'))
        .filter((name) => name.endsWith('.model'))
        .sort()
        .map((name) => [name, sha256(name)]),
    );
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}
