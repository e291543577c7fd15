import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newTestFolder } from '../../core/io/git/git.fixture.ts';
import { plantRepository } from '../../core/io/git/planted-repository.fixture.ts';
import { createWorkbench, customers, type JobRunner, projectFile, type Workbench } from '../story/workbench.ts';
import { runProcess } from './action-process.ts';

const home = newTestFolder();
const marker = join(home, 'marker');

/** The step of a workflow that says `working-directory: app`. */
const runInApp: JobRunner = (job) =>
  runProcess({
    ...job,
    started: { ...job.started, env: { ...job.started.env, 'INPUT_WORKING-DIRECTORY': 'app' } },
  });

let bench: Workbench;
beforeAll(async () => {
  bench = await createWorkbench(runInApp);
  bench.commit('main', {
    'app/churn.csv': customers(),
    'app/mlops.yml': projectFile('{ n_estimators: 5 }'),
    '.github/workflows/mlops.yml': 'on: push\n',
  });
});
afterAll(async () => {
  await bench.close();
  rmSync(home, { recursive: true, force: true });
});

it('a fork that commits a repository into the working directory runs no program with our token', async () => {
  await bench.pushToMain();
  const planted = join(home, 'planted');
  plantRepository(planted, marker);
  const files = readdirSync(planted, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const fork = bench.rig.createRepository({ owner: 'stranger', name: 'churn', forkOf: bench.repository });
  bench.commit(
    'plant',
    {
      ...Object.fromEntries(files.map((file) => [`app${file.slice(planted.length)}`, readFileSync(file)])),
      // Something that is trained, or the job would end soon.
      'app/mlops.yml': projectFile('{ n_estimators: 8 }'),
    },
    fork,
  );
  const pull = bench.openPullRequest('plant', fork);
  const job = await bench.runPullRequest(pull);
  expect(existsSync(marker)).toBe(false);
  expect(job.green, job.log).toBe(true);
  expect(job.summary).toContain('All 2 gates pass');
}, 60_000);
