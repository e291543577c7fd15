import type { Project } from '../../config/project.ts';
import { DEFAULT_CONFIG } from '../options.ts';

/** How many jobs a workflow has: `three` where a job that trains would run code of the repository. */
export type Jobs = 'one' | 'three';

/** The form that is safe for a project: its custom trainers are code of the repository. */
export function jobsFor({ datasets }: Project): Jobs {
  return datasets.some(({ models }) => models.some(({ id }) => id === 'custom')) ? 'three' : 'one';
}

/** By its name GitHub starts the second workflow when it has ended. */
const NAME = 'mlops';

/**
 * The workflow that trains and judges a project.
 *
 * @param isNamed whether a second workflow follows it.
 * @param place.folder of the project file, from the repository's root; empty when it is the root.
 * @param place.config the project file, from its folder.
 */
export function workflowText(
  jobs: Jobs,
  { folder, config }: { readonly folder: string; readonly config: string },
  isNamed = false,
): string {
  const inputs = [
    ...(folder === '' ? [] : [`working-directory: ${JSON.stringify(folder)}`]),
    ...(config === DEFAULT_CONFIG ? [] : [`config: ${JSON.stringify(config)}`]),
  ];
  const given = inputs.length === 0 ? [] : [`with: { ${inputs.join(', ')} }`];
  const permissions = 'permissions: { contents: write, pull-requests: write, actions: read }';
  const job = jobs === 'one' ? oneJob(permissions, given) : threeJobs(permissions, given);
  return `${[...(isNamed ? [`name: ${NAME}`] : []), ...EVENTS, ...job].join('\n')}\n`;
}

/** The second workflow, which posts what jobs on pull requests of forks found. @param path of the first one. */
export function commentWorkflowText(path: string): string {
  return `on:
  workflow_run: { workflows: [${NAME}], types: [completed] }
permissions: {}
jobs:
  comment:
    if: github.event.workflow_run.event == 'pull_request'
    runs-on: ubuntu-latest
    permissions: { pull-requests: write, actions: read }
    steps:
      - uses: org/mlops-action@v1
        with: { command: comment, workflow: ${path} }
`;
}

const EVENTS = [
  'on:',
  '  push: { branches: [main] }',
  '  pull_request: { types: [opened, synchronize, reopened, edited] }',
  '  merge_group: {}',
  '  workflow_dispatch: {}',
  'jobs:',
  '  mlops:',
];

function oneJob(permissions: string, given: readonly string[]): string[] {
  return [
    '    runs-on: ubuntu-latest',
    `    ${permissions}`,
    '    steps:',
    '      - uses: actions/checkout@v6',
    '        with: { persist-credentials: false }',
    '      - uses: org/mlops-action@v1',
    ...given.map((line) => `        ${line}`),
  ];
}

function threeJobs(permissions: string, given: readonly string[]): string[] {
  return [
    '    uses: org/mlops-action/.github/workflows/gate.yml@v1',
    `    ${permissions}`,
    ...given.map((line) => `    ${line}`),
  ];
}
