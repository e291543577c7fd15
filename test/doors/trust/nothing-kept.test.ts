import { beforeAll, describe, expect, it } from 'vitest';
import { useRig } from '../../rig/rig.fixture.ts';
import { aTeam, customers, overwrite, project, type SeenJob, type Team, WORSE } from './team.fixture.ts';

const fixture = useRig();

/** A story of the other files here: what happens, and the mark that its title begins with. */
interface Story {
  readonly name: string;
  readonly mark: '✅' | '❌' | '🌱' | '☑️';
  /** Prepares what is judged. @returns its job, to be run with a history and without one. */
  begin(team: Team): () => Promise<SeenJob>;
}

const RULES = 'tracking: { branches: [main, develop] }\n';
const more = (id: string) => project({ id, path: 'second.csv' }).replace('datasets:\n', '');
const main = (of: Parameters<typeof project>[0] = {}) => project({ top: RULES, ...of }) + more('spend');
const TABLE = customers();
const [HEADER, ...ROWS] = TABLE.trimEnd().split('\n');
/** Many who leave are gone. */
const EASIER = [HEADER, ...ROWS.filter((row, i) => i % 2 === 0 || !row.endsWith('yes')), ''].join('\n');
const MORE_ROWS =
  TABLE +
  ROWS.slice(0, 40)
    .map((row) => `n${row}\n`)
    .join('');
const GOOD = main({ models: '{ logistic_regression: { C: 2 }, dummy: {} }' });
const LOOSE = { ...WORSE, models: '[dummy]', gates: '' };
const PASSES = 'on_not_comparable: pass\nbaseline: { remake: never }\n';
const READ_ONLY = { contents: 'read', pull_requests: 'read', actions: 'read' } as const;

const proposed = (name: string, mark: Story['mark'], files: Parameters<Team['propose']>[1]): Story => ({
  ...{ name, mark },
  begin(team) {
    const pull = team.propose(name.replaceAll(/\W+/g, '-'), files);
    return () => team.judge(pull);
  },
});

const STORIES: readonly Story[] = [
  proposed('a worse model', '❌', { 'mlops.yml': main(WORSE) }),
  proposed('a good model', '✅', { 'mlops.yml': GOOD }),
  proposed('looser rules', '❌', { 'mlops.yml': main({ ...LOOSE, top: `${RULES}${PASSES}` }) }),
  proposed('docs', '✅', { 'README.md': 'hello\n' }),
  proposed('a renamed dataset', '❌', { 'mlops.yml': project({ top: RULES }) + more('outlay') }),
  proposed('another dataset before a worse model', '❌', { 'mlops.yml': main(WORSE) + more('third') }),
  proposed('an easier table', '❌', { 'mlops.yml': main(WORSE), 'churn.csv': EASIER }),
  proposed('rows more, and a worse model', '❌', { 'mlops.yml': main(WORSE), 'churn.csv': MORE_ROWS }),
  proposed('a moved table, and a worse model', '❌', {
    ...{ 'mlops.yml': main({ ...WORSE, path: 'data/rows.csv' }), 'churn.csv': null },
    ...{ 'data/rows.csv': TABLE },
  }),
  {
    ...{ name: 'an edited table', mark: '❌' },
    begin(team) {
      const pull = team.propose('edited', { 'mlops.yml': GOOD });
      return () => team.judge(pull, { steps: overwrite('churn.csv', EASIER) });
    },
  },
  {
    ...{ name: 'Dependabot', mark: '✅' },
    begin(team) {
      const pull = team.propose('dependabot', { '.github/workflows/mlops.yml': 'on: push\n' });
      return () => team.judge(pull, { actor: 'dependabot[bot]', permissions: READ_ONLY });
    },
  },
  {
    ...{ name: 'a fork', mark: '❌' },
    begin(team) {
      const pull = team.proposeFromFork('stranger', { 'mlops.yml': main(LOOSE) });
      return () => team.judge(pull);
    },
  },
  {
    ...{ name: 'a dispatched branch', mark: '❌' },
    begin(team) {
      team.push('aside', { 'mlops.yml': main(LOOSE) });
      return () => team.train('aside', { event: 'workflow_dispatch' });
    },
  },
  {
    ...{ name: 'a pull request into a branch that sets rules of its own', mark: '✅' },
    begin(team) {
      team.push('develop', { 'mlops.yml': main({ gates: 'roc_auc: { max_drop: 0.9 }' }) });
      team.git('checkout', '--quiet', '-b', 'loose', 'develop');
      const pull = team.propose('loose', { 'mlops.yml': main(LOOSE) }, 'develop');
      return () => team.judge(pull);
    },
  },
  {
    ...{ name: 'the second of a merge queue, behind a good one', mark: '❌' },
    begin(team) {
      const { rig } = fixture;
      const first = rig.addToMergeQueue(team.propose('first', { 'mlops.yml': GOOD }));
      const mergeGroup = rig.addToMergeQueue(team.propose('second', { 'mlops.yml': main(WORSE) }), first);
      return () => team.job({ event: 'merge_group', mergeGroup });
    },
  },
  {
    ...{ name: 'what a maintainer accepted', mark: '☑️' },
    begin(team) {
      const { rig } = fixture;
      const pull = team.propose('accepted', { 'mlops.yml': main({ ...WORSE, charges: 'numeric # intended' }) });
      rig.setRole(team.repository, 'ada', 'maintain');
      rig.comment(team.repository, pull.number, 'ada', `/accept churn.roc_auc 0.5 ${pull.head.sha} by intent`);
      return () => team.judge(pull);
    },
  },
];

describe('with every run, every artifact and the branch of runs deleted', () => {
  const before = new Map<string, SeenJob>();
  const judgedOf = new Map<string, () => Promise<SeenJob>>();
  beforeAll(async () => {
    const team = aTeam(fixture, { 'mlops.yml': main(), 'second.csv': customers(60), 'third.csv': customers(80) });
    await team.train();
    for (const story of STORIES) {
      const judged = story.begin(team);
      judgedOf.set(story.name, judged);
      before.set(story.name, await judged());
    }
    team.forgetAll();
  });

  it.each(STORIES)('$name is $mark as before, with the same title', async ({ name, mark }) => {
    const kept = before.get(name)!;
    expect(kept.title, kept.log).toMatch(new RegExp(`^${mark} `));
    const job = await judgedOf.get(name)!();
    expect([job.green, job.title], job.log).toEqual([kept.green, kept.title]);
    expect(job.green).toBe(mark !== '❌');
  });
});

describe('with nothing kept of a main', () => {
  it('whose history was rewritten, a worse model is red', async () => {
    const team = aTeam(fixture);
    await team.train();
    team.git('checkout', '--quiet', '--orphan', 'anew', 'main');
    team.git('commit', '--quiet', '--message', 'squashed');
    team.git('push', '--quiet', team.gitDir, 'anew');
    fixture.rig.forcePush(team.repository, 'main', team.git('rev-parse', 'anew'));
    team.git('branch', '--quiet', '--force', 'main', 'anew');
    team.forgetAll();
    const job = await team.judge(team.propose('next', { 'mlops.yml': project(WORSE) }));
    expect(job.title, job.log).toMatch(/^❌ `churn` roc_auc \(`logistic_regression`\) dropped by/);
  });

  it('that a command trains, the title says what to do, and that is enough', async () => {
    const train = (value: string) =>
      `tail -n +2 "$MLOPS_TEST" | awk -F, 'BEGIN{print "key,prediction"}{print $1","${value}}' > "$MLOPS_PREDICTIONS"\n`;
    const models = '{ custom: { command: [sh, train.sh], repeats: 1 }, dummy: {} }';
    const team = aTeam(fixture, {
      'mlops.yml': project({ models, gates: 'model: custom, roc_auc: { max_drop: 0.01 }' }),
      'train.sh': train('1-$2'),
    });
    await team.train();
    const pull = team.propose('work', { 'train.sh': train('1-$4') });
    const kept = await team.judge(pull);
    expect(kept.title, kept.log).toMatch(/^❌ `churn` roc_auc \(`custom`\) dropped by/);
    team.forgetAll();
    const lost = await team.judge(pull);
    expect(lost.green).toBe(false);
    expect(lost.title, lost.log).toMatch(
      /^🚫 Not comparable: .*To mend it, run the workflow on the default branch once/,
    );
    await team.train();
    const mended = await team.judge(pull);
    expect([mended.green, mended.title]).toEqual([false, kept.title]);
  });
});
