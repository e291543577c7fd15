import { MOST_LEGS } from '../../core/commands/plan/legs.ts';
import { VERSION } from '../../core/version.ts';

const CHECKOUT = 'actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2';
const expression = (text: string) => `$\{{ ${text} }}`;
const PROJECT = [
  `config: ${expression('inputs.config')}`,
  `working-directory: ${expression('inputs.working-directory')}`,
];
const READ = '{ contents: read, pull-requests: read, actions: read } # the code, what the change is, and earlier runs';

/** `.github/workflows/gate.yml`: the three jobs, to be called from other repositories. */
export function renderGateWorkflow(): string {
  const action = (inputs: readonly string[]) => [
    '      - id: mlops',
    `        uses: org/mlops-action@v${VERSION}`,
    '        with:',
    ...[...inputs, ...PROJECT].map((line) => `          ${line}`),
  ];
  const checkout = (ref?: string) => [
    `      - uses: ${CHECKOUT}`,
    `        with: { persist-credentials: false${ref === undefined ? '' : `, ref: "${expression(ref)}"`} }`,
  ];
  const outputs = (names: readonly string[]) => [
    '    outputs:',
    ...names.map((name) => `      ${name}: ${expression(`steps.mlops.outputs.${name}`)}`),
  ];
  const legs = (list: string) => [
    `    runs-on: ${expression('inputs.runs-on')}`,
    `    permissions: ${READ}`,
    '    strategy:',
    '      fail-fast: false',
    `      matrix: { include: "${expression(`fromJSON(needs.plan.outputs.${list})`)}" }`,
    '    # Legs of a matrix share one map of outputs, so that each has a name of its own.',
    ...outputs(Array.from({ length: MOST_LEGS }, (_, leg) => `leg-${leg}`)),
  ];
  const setUp = [
    '      - name: set up',
    "        if: inputs.setup != ''",
    '        run: bash -euo pipefail -c "$SETUP"',
    `        env: { SETUP: "${expression('inputs.setup')}" }`,
    `        working-directory: ${expression('inputs.working-directory')}`,
  ];
  const leg = [`leg: ${expression('matrix.leg')}`, `dataset: ${expression('matrix.dataset')}`];
  return [
    '# Generated from scripts/generate/gate-workflow.ts; `npm test -- -u` refreshes it. docs/three-jobs.md explains it.',
    'name: gate',
    'on:',
    '  workflow_call:',
    '    inputs:',
    '      config: { type: string, default: mlops.yml, description: The project file. }',
    '      working-directory: { type: string, default: ., description: "Folder of the project file." }',
    '      setup: { type: string, default: "", description: "Shell command that installs what training needs." }',
    '      runs-on: { type: string, default: ubuntu-latest, description: "Runner of the jobs that train." }',
    'permissions: {}',
    'jobs:',
    '  # Reads the rules of the base commit, and runs no code of the repository.',
    '  plan:',
    '    name: plan',
    '    runs-on: ubuntu-latest',
    '    timeout-minutes: 30',
    `    permissions: ${READ}`,
    ...outputs(['base', 'train', 'train-base']),
    '    steps:',
    ...checkout(),
    ...action(['command: plan']),
    '',
    '  # Trains the base commit where no earlier run tells what it gives. A job apart, so that no leg of the change tells its outputs.',
    '  base:',
    `    name: base (${expression('matrix.dataset')})`,
    '    needs: plan',
    "    if: needs.plan.outputs.train-base != '[]'",
    ...legs('train-base'),
    '    steps:',
    ...checkout('needs.plan.outputs.base'),
    ...setUp,
    ...action(['command: train', 'side: base', ...leg]),
    '',
    '  # Trains the change. Its code runs here, with a token that can write nothing.',
    '  train:',
    `    name: train (${expression('matrix.dataset')})`,
    '    needs: [plan, base]',
    '    if: >-',
    `      ${expression(
      "!cancelled() && needs.plan.result == 'success' && needs.plan.outputs.train != '[]' && (needs.base.result == 'success' || needs.base.result == 'skipped')",
    )}`,
    ...legs('train'),
    '    steps:',
    ...checkout(),
    ...setUp,
    ...action(['command: train', ...leg, `needs: ${expression('toJSON(needs)')}`]),
    '',
    '  # The required check. It runs no code of the repository, and reads what was trained as data.',
    '  publish:',
    '    name: publish',
    '    needs: [plan, base, train]',
    '    if: always()',
    '    runs-on: ubuntu-latest',
    '    timeout-minutes: 30',
    '    permissions: { contents: write, pull-requests: write, actions: read } # the branch of runs, the comment, what was trained',
    '    steps:',
    ...checkout(),
    ...action(['command: publish', `needs: ${expression('toJSON(needs)')}`]),
    '',
  ].join('\n');
}
