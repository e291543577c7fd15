import { beforeAll, describe, expect, it } from 'vitest';
import { useRig } from '../../rig/rig.fixture.ts';
import { attack } from './attack.ts';
import { aTeam, type Files, project, type Team } from './team.fixture.ts';

const fixture = useRig();
/** Requests of a job that trains nothing. */
const FEW = 25;

describe('a change of no input', () => {
  let team: Team;
  beforeAll(async () => {
    team = aTeam(fixture, {
      'mlops.yml': project(),
      'docs/model.md': 'A model.\n',
      'requirements.txt': 'numpy==2.0.0\n',
      '.github/workflows/mlops.yml': 'on: push\n# uses: org/mlops-action@v1.0.0\n',
    });
    await team.train();
  });

  it.each<[string, Files, string]>([
    ['the documentation', { 'docs/model.md': 'A good model.\n' }, 'octocat'],
    ['a dependency', { 'requirements.txt': 'numpy==2.1.0\n' }, 'octocat'],
    ['a workflow', { '.github/workflows/mlops.yml': 'on: pull_request\n' }, 'octocat'],
    [
      'the version of the Action, by Dependabot',
      { '.github/workflows/mlops.yml': 'on: push\n# uses: org/mlops-action@v1.1.0\n' },
      'dependabot[bot]',
    ],
  ])('but of %s is green at once, without training', async (title, files, actor) => {
    const pull = team.propose(title.replaceAll(/\W+/g, '-'), files);
    // Dependabot's jobs may read at most.
    const permissions = { contents: 'read', pull_requests: 'read', actions: 'read' } as const;
    const job = await team.judge(pull, actor === 'octocat' ? {} : { actor, permissions });
    expect(job.green, job.log).toBe(true);
    const base = team.git('rev-parse', '--short=7', 'main');
    expect(job.title).toBe(`✅ No input changed since \`${base}\`: compared the configuration and 1 file of \`churn\``);
    expect(job.log).not.toContain('trained 5 times');
    expect(job.kept.filter((path) => !/^(report\.(md|json)|result\.json)$/.test(path))).toEqual([]);
    expect(job.requests.length).toBeLessThan(FEW);
  });

  it('needs no baseline', async () => {
    const unrecorded = aTeam(fixture);
    const job = await unrecorded.judge(unrecorded.propose('docs', { 'docs/model.md': 'A model.\n' }));
    expect(job.green, job.log).toBe(true);
    expect(job.title).toMatch(/^✅ No input changed/);
  });
});

describe('a change whose base commit has no run', () => {
  const never = 'baseline: { remake: never }\n';
  attack('is red: the base commit is trained beside it', { title: /^❌ `churn` roc_auc .* dropped/ }, async () => {
    const team = aTeam(fixture);
    return team.judge(team.propose('work', { 'mlops.yml': project({ charges: 'ignore' }) }));
  });

  attack(
    'is red where main lets nothing be trained, and says what to run',
    {
      title:
        /^🚫 Not comparable: no run of this dataset has been recorded.*To mend it, run the workflow on the default branch once$/,
    },
    async () => {
      const team = aTeam(fixture, { 'mlops.yml': project({ top: never }) });
      const job = await team.judge(team.propose('work', { 'mlops.yml': project({ top: never, charges: 'ignore' }) }));
      expect(job.comment).toContain(job.title);
      return job;
    },
  );

  it('is green where main says so', async () => {
    const top = `on_not_comparable: pass\n${never}`;
    const team = aTeam(fixture, { 'mlops.yml': project({ top }) });
    const job = await team.judge(team.propose('work', { 'mlops.yml': project({ top, charges: 'ignore' }) }));
    expect(job.green, job.log).toBe(true);
    expect(job.title).toMatch(/^🚫 Not comparable/);
  });
});
