import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { actionInputs } from '../../action/inputs.ts';
import { renderGateWorkflow } from './gate-workflow.ts';

interface Workflow {
  readonly on: { readonly workflow_call: { readonly inputs: object } };
  readonly jobs: Readonly<Record<string, Job>>;
}
interface Job {
  readonly permissions: Readonly<Record<string, string>>;
  readonly if?: string;
  readonly steps: readonly { readonly uses?: string; readonly run?: string; readonly with?: object }[];
}

const workflow = parse(renderGateWorkflow()) as Workflow;
const { plan, base, train, publish } = workflow.jobs as Record<'plan' | 'base' | 'train' | 'publish', Job>;

it('the workflow of three jobs is what the generator writes', async () => {
  await expect(renderGateWorkflow()).toMatchFileSnapshot('../../.github/workflows/gate.yml');
});

it('what runs code of the repository can write nothing, and what can write runs none', () => {
  for (const { permissions } of [plan, base, train])
    expect(new Set(Object.values(permissions))).toEqual(new Set(['read']));
  for (const { steps } of [plan, publish]) expect(steps.filter(({ run }) => run !== undefined)).toEqual([]);
});

it('the job of the required check always runs', () => {
  expect(publish.if).toBe('always()');
});

it('gives the Action inputs that it has', () => {
  const given = Object.values(workflow.jobs).flatMap(({ steps }) => Object.keys(steps.at(-1)!.with ?? {}));
  expect(given.filter((name) => !(name in actionInputs()))).toEqual([]);
});
