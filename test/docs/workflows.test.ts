import { globSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { VERSION } from '../../core/version.ts';
import { README_STEPS, STEPS } from '../../scripts/ci-steps.ts';
import { pages, readPage, root, workflowOf } from './pages.ts';

const workflows = globSync('.github/workflows/*.yml', { cwd: root });

it('each action is pinned by its full commit SHA, with the version as a comment', () => {
  const uses = workflows.flatMap((path) => readPage(path).match(/^.*\buses:.*$/gm) ?? []);
  expect(uses.length).toBeGreaterThan(5);
  const own = `uses: org/mlops-action@v${VERSION}`;
  const others = uses.filter((line) => line.trim() !== own);
  expect(others.filter((line) => !/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
});

const commands = [...README_STEPS, ...STEPS].map(({ run }) => run);

it('each suite of package.json is a step of CI', () => {
  const { scripts } = JSON.parse(readPage('package.json')) as { scripts: Record<string, string> };
  const suites = Object.keys(scripts).filter((name) => /^(test:|check$)/.test(name));
  expect(suites.length).toBeGreaterThan(8);
  expect(suites.filter((name) => !commands.includes(`npm run ${name}`))).toEqual([]);
});

it('the workflow ci runs each step', () => {
  const ci = readPage('.github/workflows/ci.yml');
  expect(commands.filter((command) => !new RegExp(`run: .*${command}[ ,]`).test(ci))).toEqual([]);
});

it('the required check of ci needs every job', () => {
  const { jobs } = parse(readPage('.github/workflows/ci.yml'));
  const { ci, ...others } = jobs as { ci: { needs: string[]; steps: { run: string }[] } };
  expect(ci.needs).toEqual(Object.keys(others));
  expect(ci.steps[0]!.run).toContain(`'${ci.needs.map(() => 'success').join(' ')}'`);
});

const COMPANION = 'docs/forks.md';

describe('the workflow that the README offers', () => {
  const workflow = parse(workflowOf(readPage('README.md')));

  it('judges pull requests into every branch, and again when they are sent to another', () => {
    expect(workflow.on.pull_request).toEqual({ types: ['opened', 'synchronize', 'reopened', 'edited'] });
    expect(Object.keys(workflow.on)).toEqual(['push', 'pull_request', 'merge_group', 'workflow_dispatch']);
  });

  it('skips no job: GitHub counts that as green', () => {
    const { mlops, ...others } = workflow.jobs;
    expect(others).toEqual({});
    expect(mlops).not.toHaveProperty('if');
  });

  it('is the only one, so that no page offers another', () => {
    const offering = pages.filter((page) => /uses: org\/mlops-action@v\d+$/m.test(readPage(page)));
    expect(offering.filter((page) => page !== COMPANION)).toEqual(['README.md']);
  });
});

describe('the workflow that comments on pull requests of forks', () => {
  const { on, permissions, jobs } = parse(workflowOf(readPage(COMPANION)));

  it('starts at the end of another, and has no more rights than it needs', () => {
    expect(on).toEqual({ workflow_run: { workflows: ['mlops'], types: ['completed'] } });
    expect(permissions).toEqual({});
    expect(jobs.comment.permissions).toEqual({ 'pull-requests': 'write', actions: 'read' });
  });

  it('checks nothing out and runs nothing else', () => {
    expect(Object.keys(jobs)).toEqual(['comment']);
    const { steps } = jobs.comment;
    expect(steps).toEqual([
      { uses: 'org/mlops-action@v1', with: { command: 'comment', workflow: '.github/workflows/mlops.yml' } },
    ]);
  });
});

describe('the workflow that calls the one of three jobs', () => {
  type Permissions = Readonly<Record<string, 'read' | 'write'>>;
  const caller = parse(workflowOf(readPage('docs/three-jobs.md')));
  const called = parse(readPage('.github/workflows/gate.yml')) as {
    readonly on: object;
    readonly permissions: object;
    readonly jobs: Readonly<Record<string, { readonly permissions: Permissions }>>;
  };

  it('reacts to what the workflow of one job reacts to', () => {
    expect(caller.on).toEqual(parse(workflowOf(readPage('README.md'))).on);
  });

  it('is one job of two lines, which skips nothing', () => {
    expect(Object.keys(caller.jobs)).toEqual(['mlops']);
    expect(Object.keys(caller.jobs.mlops)).toEqual(['uses', 'permissions']);
  });

  it('grants each called job what it asks for, or GitHub would refuse to start', () => {
    const granted = caller.jobs.mlops.permissions as Permissions;
    const rank = { none: 0, read: 1, write: 2 };
    const lacking = Object.entries(called.jobs).flatMap(([job, { permissions }]) =>
      Object.entries(permissions)
        .filter(([name, access]) => rank[access] > rank[granted[name] ?? 'none'])
        .map(([name, access]) => `${job}: ${name}: ${access}`),
    );
    expect(lacking).toEqual([]);
    expect(Object.keys(called.jobs)).toEqual(['plan', 'base', 'train', 'publish']);
    expect(called.permissions).toEqual({});
  });

  it('grants nothing that no called job asks for', () => {
    const asked = Object.values(called.jobs).flatMap(({ permissions }) => Object.entries(permissions));
    for (const each of Object.entries(caller.jobs.mlops.permissions)) expect(asked).toContainEqual(each);
  });
});
