import { parse as parseYaml, stringify } from 'yaml';
import { z } from 'zod';
import { readPage, workflowOf } from '../../test/docs/pages.ts';
import type { Permissions } from '../../test/rig/state.ts';

/** What the pages tell a user to write. Nothing else goes into the repository of the demo. */
interface Instructions {
  /** `mlops.yml`, of the README. */
  readonly project: string;
  /** The workflow of the README, with the lines that `docs/app.md` adds for `/retrain`. */
  readonly workflow: string;
  /** The same job each night, as the README describes it. */
  readonly nightly: string;
  /** The job's name, which is required of pull requests. */
  readonly job: string;
  readonly permissions: Permissions;
}

const workflowSchema = z.looseObject({
  on: z.record(z.string(), z.unknown()),
  jobs: z.record(
    z.string(),
    z.looseObject({
      permissions: z.record(z.string(), z.enum(['none', 'read', 'write'])),
      steps: z.array(
        z.looseObject({ uses: z.string().optional(), with: z.record(z.string(), z.unknown()).optional() }),
      ),
    }),
  ),
});
type Workflow = z.infer<typeof workflowSchema>;

/** As it stands: a schema's answer would have its keys in another order. */
function readWorkflow(text: string): Workflow {
  const workflow: unknown = parseYaml(text);
  workflowSchema.parse(workflow);
  return workflow as Workflow;
}

/** @throws Error when a page no longer has what the demo follows. */
export function readInstructions(): Instructions {
  const readme = readPage('README.md');
  const app = readPage('docs/app.md');
  const workflow = readWorkflow(workflowOf(readme));
  const [[job, { permissions }]] = Object.entries(workflow.jobs) as [[string, Workflow['jobs'][string]]];
  const dispatch = parseYaml(blockWith(app, 'workflow_dispatch:')) as Pick<Workflow, 'on'>;
  const retrain = withStep(
    { ...workflow, on: { ...workflow.on, ...dispatch.on } },
    parseYaml(blockWith(app, 'dataset: ${{')),
  );
  const { with: drift } = parseYaml(blockWith(readme, 'command: drift')) as { with: Record<string, unknown> };
  return {
    project: blockWith(readme, 'datasets:'),
    workflow: stringify(retrain),
    nightly: stringify(withStep({ ...workflow, on: { schedule: [{ cron: '0 5 * * *' }] } }, drift)),
    job,
    permissions: Object.fromEntries(
      Object.entries(permissions).map(([name, access]) => [name.replaceAll('-', '_'), access]),
    ),
  };
}

/** The first block of YAML in which a text stands, without the list's indent. */
function blockWith(page: string, text: string): string {
  const blocks = [...page.matchAll(/^( *)```yaml\n([\s\S]*?)\n\1```$/gm)];
  const found = blocks.find(([, , block]) => block!.includes(text));
  if (!found) throw new Error(`the page has no block of YAML with "${text}"`);
  return `${found[2]!.replaceAll(new RegExp(`^${found[1]}`, 'gm'), '')}\n`;
}

/** The workflow, with these inputs for the step of the Action. */
function withStep(workflow: Workflow, inputs: Record<string, unknown>): Workflow {
  const jobs = Object.entries(workflow.jobs).map(([name, job]) => [
    name,
    { ...job, steps: job.steps.map((step) => (isOurs(step) ? { ...step, with: { ...step.with, ...inputs } } : step)) },
  ]);
  return { ...workflow, jobs: Object.fromEntries(jobs) };
}

function isOurs({ uses }: { readonly uses?: string | undefined }): boolean {
  return uses?.startsWith('org/mlops-action@') === true;
}

const RETRAIN = /^\$\{\{ fromJSON\(inputs\.retrain \|\| '\{\}'\)\.(\w+) \}\}$/;

/**
 * The inputs of the Action's step, as the runner would hand them to it. The one expression that the pages offer is evaluated.
 *
 * @param text of the workflow.
 * @param inputs that the workflow was dispatched with.
 * @throws Error for any other expression.
 */
export function stepInputs(text: string, inputs: Readonly<Record<string, unknown>>): Record<string, string> {
  const { jobs } = readWorkflow(text);
  const step = Object.values(jobs)
    .flatMap(({ steps }) => steps)
    .find(isOurs);
  const request = JSON.parse(String(inputs.retrain ?? '{}')) as Record<string, string>;
  return Object.fromEntries(
    Object.entries(step?.with ?? {}).map(([name, given]) => {
      const value = String(given);
      const key = RETRAIN.exec(value)?.[1];
      if (key === undefined && value.includes('${{')) throw new Error(`the demo cannot evaluate ${value}`);
      return [name, key === undefined ? value : (request[key] ?? '')];
    }),
  );
}
