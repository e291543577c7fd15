import { createHash } from 'node:crypto';
import { rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { useRig } from '../../rig/rig.fixture.ts';
import { attack } from './attack.ts';
import { aTeam, customers, overwrite, project, type SeenJob, type Team, WORSE } from './team.fixture.ts';

const fixture = useRig();
type Steps = NonNullable<Parameters<Team['job']>[0]['steps']>;

const TRAINER = '# Predicts one half for all.\nprint("hello")\n';
const custom = `  scored:
    path: scored.csv
    target: leaves
    metrics: [roc_auc]
    models: { custom: { command: [sh, train.sh], inputs: [weights.txt], repeats: 1 } }
`;
const files = {
  'mlops.yml': project() + custom,
  'scored.csv': customers(60),
  'train.sh':
    'tail -n +2 "$MLOPS_TEST" | awk -F, \'BEGIN{print "key,prediction"}{print $1",0.5"}\' > "$MLOPS_PREDICTIONS"\n',
  'weights.txt': TRAINER,
};
/** The last row of the table says something else. */
const edited = customers().replace(/(yes|no)\n$/, (_, answer) => `${answer === 'yes' ? 'no' : 'yes'}\n`);
const editTable = overwrite('churn.csv', edited);

describe('an input that an earlier step of the job edited', () => {
  let team: Team;
  let pull: ReturnType<Team['propose']>;
  beforeAll(async () => {
    team = aTeam(fixture, files);
    await team.train();
    pull = team.propose('work', { 'mlops.yml': project(WORSE) + custom });
  });
  const untrained = (job: SeenJob) => {
    expect(job.comment).toContain(`### ${job.title}`);
    expect(job.log.replaceAll('so it is not trained', '')).not.toContain('trained');
    expect(job.kept).toEqual([]);
    return job;
  };
  const differs = (path: string, line: number) =>
    new RegExp(
      `^❌ Nothing was judged: \`${path}\`: \`line ${line}\`: differs from the commit that is checked out. To mend it: an earlier step of this job changed it, or it was never committed. Remove that step, or commit the file$`,
    );

  const edits: readonly [string, Steps, RegExp][] = [
    ['the table', editTable, differs('churn.csv', 201)],
    ['mlops.yml', overwrite('mlops.yml', project() + custom), differs('mlops.yml', 9)],
    [
      'what a custom trainer lists',
      overwrite('weights.txt', TRAINER.replace('half', 'third')),
      differs('weights.txt', 1),
    ],
    ['the script of a custom trainer', overwrite('train.sh', 'exit 0\n'), differs('train.sh', 1)],
    [
      'a table that git is told to take for unchanged',
      (workspace) => {
        workspace.git('update-index', '--assume-unchanged', 'churn.csv');
        editTable(workspace);
        expect(workspace.git('status', '--short')).toBe('');
      },
      differs('churn.csv', 201),
    ],
    [
      'a table that git is told to skip',
      (workspace) => {
        workspace.git('update-index', '--skip-worktree', 'churn.csv');
        editTable(workspace);
        expect(workspace.git('status', '--short')).toBe('');
      },
      differs('churn.csv', 201),
    ],
    [
      'a table that stands in for the committed one',
      (workspace) => {
        editTable(workspace);
        const [own, other] = [
          workspace.git('rev-parse', 'HEAD:churn.csv'),
          workspace.git('hash-object', '-w', 'churn.csv'),
        ];
        workspace.git('replace', own, other);
        expect(workspace.git('cat-file', 'blob', 'HEAD:churn.csv')).toBe(edited.trim());
      },
      differs('churn.csv', 201),
    ],
    [
      'a table whose size and times are those of the index',
      (workspace) => {
        const path = join(workspace.folder, 'churn.csv');
        workspace.git('config', 'core.trustctime', 'false');
        workspace.git('config', 'core.checkStat', 'minimal');
        const at = new Date('2020-01-01');
        utimesSync(path, at, at);
        workspace.git('update-index', '--refresh');
        writeFileSync(path, customers().replace('c0,', 'd0,'));
        utimesSync(path, at, at);
        expect(workspace.git('status', '--short')).toBe('');
      },
      differs('churn.csv', 2),
    ],
    [
      'a table that a sparse checkout leaves out',
      ({ git }) => {
        git('sparse-checkout', 'set', '--no-cone', '/*', '!/churn.csv');
      },
      /`churn\.csv`: is in the commit, but not on disk.*`sparse-checkout`/,
    ],
    [
      'a table that is gone',
      ({ folder }) => rmSync(join(folder, 'churn.csv')),
      /`churn\.csv`: is in the commit, but not on disk.*a step may have removed it/,
    ],
  ];
  for (const [what, steps, title] of edits)
    attack(`${what}: an error with file and line`, { title }, async () => untrained(await team.judge(pull, { steps })));

  const oid = createHash('sha256').update(customers()).digest('hex');
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize ${customers().length}\n`;

  attack(
    'a pointer of Git LFS to what nobody has: an error that says how to push it',
    { title: /`churn\.csv`: is a Git LFS pointer, and .* does not have what it names.*`git lfs push/ },
    async () => untrained(await team.judge(team.propose('lfs', { 'churn.csv': pointer }))),
  );

  attack(
    'a pointer of Git LFS that a custom trainer would read: an error that names `lfs: true`',
    { title: /`weights\.txt`: is a Git LFS pointer, not the file.*`lfs: true`/ },
    async () => untrained(await team.judge(team.propose('lfs-weights', { 'weights.txt': pointer }))),
  );

  it('the content of a pointer of Git LFS is none', async () => {
    const change = team.propose('lfs-content', { 'churn.csv': pointer });
    const job = await team.judge(change, { steps: overwrite('churn.csv', customers()) });
    expect(job.green, job.log).toBe(true);
  });

  it('on main: trained, not recorded, and said', async () => {
    const before = team.recorded();
    const job = await team.train('main', { steps: editTable });
    expect(job.log).toContain('trained');
    expect(`${job.log}${job.summary}`).toMatch(/not recorded: churn\.csv differs from the commit that is checked out/);
    expect(job.summary).not.toContain('this run is recorded');
    expect(team.recorded()).toEqual(before);
  });

  it('that only ends its lines as Windows does is none', async () => {
    const job = await team.judge(pull, { steps: overwrite('churn.csv', customers().replaceAll('\n', '\r\n')) });
    expect(job.title).toMatch(/^❌ `churn` roc_auc .* dropped/);
  });
});
