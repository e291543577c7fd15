import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { readPage, workflowOf } from '../docs/pages.ts';
import { tellStory } from '../story/story.ts';
import type { JobRunner } from '../story/workbench.ts';
import { findAct } from './act.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The workflow of the README, word for word. */
const WORKFLOW = workflowOf(readPage('README.md'));

const act = await findAct();
/** What a release is: action.yml and the bundle, in a folder without node_modules. */
const release = join(mkdtempSync(join(tmpdir(), 'release-')), 'action');
mkdirSync(release);
cpSync(join(root, 'action.yml'), join(release, 'action.yml'));
cpSync(join(root, 'dist'), join(release, 'dist'), { recursive: true });

const runUnderAct: JobRunner = async ({ started, event, workspace, folder }) => {
  // act copies the workspace without its empty folders, and a repository without refs/ is none to git.
  execFileSync('git', ['-C', workspace, 'update-ref', 'refs/heads/checked-out', 'HEAD']);
  const payload = join(folder, 'event.json');
  writeFileSync(payload, JSON.stringify(started.payload));
  const home = join(folder, 'home');
  mkdirSync(home);
  const env = Object.entries(started.env).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
  const child = spawn(
    act,
    [
      event,
      ...[
        '--workflows',
        '.github/workflows/mlops.yml',
        '--eventpath',
        payload,
        '--platform',
        'ubuntu-latest=-self-hosted',
      ],
      ...['--local-repository', `org/mlops-action@v1=${release}`, '--secret', `GITHUB_TOKEN=${started.token}`],
      ...['--artifact-server-path', '', '--no-cache-server', '--actor', started.env.GITHUB_ACTOR!, ...env],
    ],
    {
      cwd: workspace,
      env: {
        PATH: [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter),
        HOME: home,
        XDG_CACHE_HOME: join(home, 'cache'),
      },
    },
  );
  const ended = new Promise<number | null>((done) => child.on('close', done));
  const [log, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { green: code === 0, log: log + errors, summary: summaryIn(log), runId: started.runId };
};

/** The job's summary, which the runner prints when the step is done. */
function summaryIn(log: string): string {
  return /Summary - ([\s\S]*?)(?=\n\[|$)/.exec(log)?.[1] ?? '';
}

tellStory(runUnderAct, WORKFLOW);
