import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { type JobRunner, readIfThere } from '../story/workbench.ts';

/** The bundle of `build-action.ts`, where that ran before. */
const entry = process.env.STORY_ACTION ?? fileURLToPath(new URL('../../action/index.ts', import.meta.url));
const names = new URL('../rig/localhost-names.ts', import.meta.url).href;

/** The step as the runner starts it: a process with inputs and files in its environment. */
export const runProcess: JobRunner = async ({ started, workspace, folder }) => {
  const summary = join(folder, 'summary.md');
  const output = join(folder, 'output.txt');
  mkdirSync(join(folder, 'temp'));
  writeFileSync(summary, '');
  writeFileSync(output, '');
  const child = spawn(process.execPath, ['--import', names, entry], {
    cwd: workspace,
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      ...started.env,
      GITHUB_WORKSPACE: workspace,
      GITHUB_STEP_SUMMARY: summary,
      GITHUB_OUTPUT: output,
      RUNNER_TEMP: join(folder, 'temp'),
      INPUT_TOKEN: started.token,
    },
  });
  const ended = new Promise<number | null>((done) => child.on('close', done));
  const [log, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { green: code === 0, log: log + errors, summary: readIfThere(summary), runId: started.runId };
};
