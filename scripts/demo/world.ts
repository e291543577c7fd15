import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runProcess } from '../../test/doors/action-process.ts';
import { type InstalledApp, installApp } from '../../test/doors/app.fixture.ts';
import type { CheckRun, Comment, PullRequest } from '../../test/rig/state.ts';
import { createWorkbench, type JobRunner, type Workbench } from '../../test/story/workbench.ts';
import { readInstructions, stepInputs } from './pages.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cli = join(root, 'cli/index.ts');
/** Where the HTML reports are put, so that a person can open them. */
const PAGES = '.cache/demo';

/** An offline GitHub with a repository, the Action as its workflow's job, and the App on a server. */
export interface DemoWorld {
  readonly bench: Workbench;
  readonly app: InstalledApp;
  readonly instructions: ReturnType<typeof readInstructions>;
  /** Runs the command line. @returns what it printed. */
  mlops(folder: string, ...args: string[]): string;
  /** Checks of a commit as a pull request lists them. */
  checks(sha: string): readonly string[];
  comments(of: Pick<PullRequest, 'number'>): readonly Comment[];
  /** Follows the first link to an HTML report, and keeps the page. @returns undefined when the link leads nowhere. */
  open(markdown: string): { readonly html: string; readonly path: string } | undefined;
  close(): Promise<void>;
}

export async function createDemoWorld(newestRows: string): Promise<DemoWorld> {
  const instructions = readInstructions();
  const bench = await createWorkbench(runStep(newestRows), {
    ...{ isPrivate: false, permissions: instructions.permissions, job: instructions.job },
  });
  const app = await installApp(bench);
  const { rig, repository } = bench;
  return {
    bench,
    app,
    instructions,
    mlops: (cwd, ...args) => execFileSync(process.execPath, [cli, ...args], { cwd, encoding: 'utf8', stdio: 'pipe' }),
    checks: (sha) => rig.checks(repository, sha).map(checkLine),
    comments: ({ number }) => rig.comments({ number, base: { repository } }),
    open(markdown) {
      const [, runId, id] = /\]\(\S+?\/actions\/runs\/(\d+)\/artifacts\/(\d+)\)/.exec(markdown) ?? [];
      const page = rig.artifacts(Number(runId)).find((artifact) => artifact.id === Number(id));
      if (!page) return undefined;
      const path = join(PAGES, `${runId}-${page.name}`);
      mkdirSync(join(root, PAGES), { recursive: true });
      writeFileSync(join(root, path), page.bytes);
      return { html: Buffer.from(page.bytes).toString('utf8'), path };
    },
    async close() {
      await app.stop();
      await bench.close();
    },
  };
}

/** A job as the runner starts it: the step's inputs are those of the workflow in the commit. */
function runStep(newestRows: string): JobRunner {
  return async (job) => {
    const { started, workspace } = job;
    const file = /\/(\.github\/workflows\/[^@]+)@/.exec(started.env.GITHUB_WORKFLOW_REF!)![1]!;
    const dispatched = (started.payload.inputs ?? {}) as Record<string, unknown>;
    const inputs = stepInputs(readFileSync(join(workspace, file), 'utf8'), dispatched);
    // The step before it has fetched the newest rows.
    if (inputs.current !== undefined) {
      mkdirSync(dirname(join(workspace, inputs.current)), { recursive: true });
      writeFileSync(join(workspace, inputs.current), newestRows);
    }
    const given = Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]);
    return runProcess({ ...job, started: { ...started, env: { ...started.env, ...Object.fromEntries(given) } } });
  };
}

function checkLine({ name, status, conclusion, output }: CheckRun): string {
  const mark = status !== 'completed' ? '🟡' : conclusion === 'success' ? '✅' : '❌';
  return `${mark} ${name}${output.title === null ? '' : ` — ${output.title}`}`;
}
