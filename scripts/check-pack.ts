import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generators } from '../core/datasets/index.ts';
import { writeCsv } from '../core/table/csv-writer.ts';
import { installPackedCli } from './packed-cli.ts';
import { useLibrary } from './use-library.ts';

/** Packs the package, installs it without network into an empty folder, and uses it there. `npm run test:pack`. */
const user = installPackedCli();
writeFileSync(join(user, 'churn.csv'), writeCsv(generators.get('customer_churn').generate({ rows: 300, seed: 1 })));
writeFileSync(
  join(user, 'mlops.yml'),
  'datasets: { churn: { path: churn.csv, target: Churn, models: [random_forest, logistic_regression] } }\n',
);

// The first is Node 24 of the scripts; the second whatever the machine has, which may be an older one.
const paths = [
  process.env.PATH ?? '',
  (process.env.PATH ?? '')
    .split(':')
    .filter((folder) => !folder.includes('node_modules'))
    .join(':'),
];
const hashes = paths.map((PATH) => {
  const { status, stdout, stderr } = spawnSync('npx', ['--offline', 'mlops', 'pipeline', '--force', '--json'], {
    cwd: user,
    env: { ...process.env, PATH },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`npx mlops failed with ${status}:\n${stdout}${stderr}`);
  const { runs } = (
    JSON.parse(stdout) as {
      result: { runs: { model: string; model_sha256: string; environment: { node: string } }[] };
    }
  ).result;
  process.stdout.write(
    `${runs[0]?.environment.node}: ${runs.map((run) => `${run.model} ${run.model_sha256.slice(0, 12)}`).join(', ')}\n`,
  );
  return runs.map((run) => run.model_sha256).join();
});
if (hashes[0] !== hashes[1]) throw new Error('the models differ between versions of Node');

useLibrary(user);
process.stdout.write('mlops-action/core compiles and runs in a plain TypeScript project\n');
