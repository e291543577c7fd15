import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PullRequest } from '../../test/rig/state.ts';
import type { Screen } from './screen.ts';
import type { DemoWorld } from './world.ts';

/** Of the first and only issue. */
const ISSUE = 9000;
const PROJECT = 'mlops.yml';

/** What a team lives through: each scene does what the pages tell a user, shows what people see, and says what has to be so. */
export async function tellDemo(world: DemoWorld, screen: Screen, table: string): Promise<void> {
  const project = await freshRepository(world, screen, table);
  const better = `${project}models:\n  logistic_regression: { C: 0.05 }\n`;
  await pullRequestThatImproves(world, screen, better);
  await pullRequestThatDegrades(world, screen, better);
  await nightThatFindsDrift(world, screen);
  await issueThatRetrains(world, screen);
}

async function freshRepository({ bench, mlops, instructions }: DemoWorld, screen: Screen, table: string) {
  screen.scene('A fresh repository');
  const folder = mkdtempSync(join(tmpdir(), 'demo-'));
  execFileSync('git', ['init', '--quiet'], { cwd: folder });
  mkdirSync(join(folder, 'data'));
  writeFileSync(join(folder, 'data/churn.csv'), table);
  const said = mlops(folder, 'init', 'data/churn.csv', '--target', 'Churn');
  screen.shows('$ mlops init data/churn.csv --target Churn', said);
  screen.does(
    'The team takes the mlops.yml and the workflow of the README, and adds the lines of docs/app.md for /retrain:',
  );
  screen.shows(PROJECT, instructions.project);
  screen.shows('.github/workflows/mlops.yml', instructions.workflow);
  bench.commit('main', {
    'data/churn.csv': table,
    '.gitignore': readFileSync(join(folder, '.gitignore'), 'utf8'),
    [PROJECT]: instructions.project,
    '.github/workflows/mlops.yml': instructions.workflow,
    '.github/workflows/drift.yml': instructions.nightly,
  });
  rmSync(folder, { recursive: true });

  screen.scene('The first run');
  screen.does('Ada pushes to main. The workflow trains.');
  const { green, log, summary } = await bench.pushToMain();
  screen.shows('Summary of the job', summary || log);
  const recorded = bench.git('--git-dir', bench.repository.gitDir, 'ls-tree', '-r', '--name-only', 'runs', 'runs/');
  screen.shows('The branch `runs`', recorded);
  screen.expects('the job is green and says that this is the first run', green && summary.includes('🌱 First run'));
  screen.expects('both models are recorded on the branch `runs`', recorded.split('\n').length === 2);
  return instructions.project;
}

/** Opens a pull request, runs its workflow, and lets GitHub tell the App. */
async function review({ bench, app, checks, comments }: DemoWorld, screen: Screen, branch: string, files: object) {
  const sha = bench.commit(branch, files as Record<string, string>);
  const pull = bench.openPullRequest(branch);
  await app.pullRequest('opened', pull);
  screen.shows('Checks, at first', checks(sha).join('\n'));
  screen.expects(
    'the App has put its check there, which waits',
    checks(sha).some((line) => line.startsWith('🟡 mlops/gate')),
  );
  const { runId, green, log } = await bench.runPullRequest(pull);
  await app.workflowRun('completed', runId);
  screen.shows('Checks, when the workflow is done', checks(sha).join('\n'));
  const [comment, ...others] = comments(pull);
  screen.shows(`Comment of ${comment?.login ?? 'nobody'}`, comment?.body ?? log);
  screen.expects(
    'there is one comment, and it is the App’s',
    others.length === 0 && comment?.login === 'mlops-gate[bot]',
  );
  return { pull, sha, green, body: comment?.body ?? '', gate: app.gates(sha)[0]?.conclusion };
}

function opensPage({ open }: DemoWorld, screen: Screen, body: string, headline: string): void {
  const page = open(body);
  if (page) screen.shows('The link opens the HTML report, which is kept as', page.path);
  screen.expects('the comment’s link opens the HTML report of this verdict', page?.html.includes(headline) === true);
}

/** Whether GitHub offers to merge, where the README's required check and the App's are required. */
function canMerge({ bench, instructions }: DemoWorld, pull: PullRequest): boolean {
  return bench.rig.mergeable(pull, [instructions.job, 'mlops/gate']).mergeable;
}

async function pullRequestThatImproves(world: DemoWorld, screen: Screen, better: string): Promise<void> {
  screen.scene('A pull request that improves the model');
  screen.does('Ada sets `models.logistic_regression.C` to 0.05, and opens a pull request.');
  const { pull, green, body, gate } = await review(world, screen, 'stronger-penalty', { [PROJECT]: better });
  screen.expects('the job and the check `mlops/gate` are green', green && gate === 'success');
  screen.expects(
    'the comment says that all gates pass, and what changed',
    /### ✅ All \d gates pass/.test(body) && body.includes('C 1 → 0.05'),
  );
  opensPage(world, screen, body, 'gates pass');
  screen.expects('GitHub lets it be merged', canMerge(world, pull));
  screen.does('Ada merges it. The workflow trains main, whose run is the next baseline.');
  const { bench } = world;
  bench.rig.mergePullRequest(pull);
  bench.git('pull', '--quiet', bench.repository.gitDir, 'main');
  const { green: onMain } = await bench.pushToMain();
  screen.expects('the job on main is green', onMain);
}

async function pullRequestThatDegrades(world: DemoWorld, screen: Screen, better: string): Promise<void> {
  screen.scene('A pull request that degrades the model');
  screen.does('Ben wants to do without the columns about the contract, and opens a pull request.');
  const without =
    'columns: { Contract: ignore, contract_months: ignore, tenure: ignore, tenure_group: ignore, is_new: ignore }';
  const worse = better.replace('    target: Churn\n', `    target: Churn\n    ${without}\n`);
  const { pull, green, body, gate } = await review(world, screen, 'no-contract', { [PROJECT]: worse });
  screen.expects('the job and the check `mlops/gate` are red', !green && gate === 'failure');
  screen.expects(
    'the comment names the metric, the drop, and what was allowed',
    /### ❌ `churn` roc_auc .*dropped by .*more than the allowed 0\.0100/.test(body),
  );
  opensPage(world, screen, body, 'dropped by');
  screen.expects('GitHub does not let it be merged', !canMerge(world, pull));
}

async function nightThatFindsDrift({ bench }: DemoWorld, screen: Screen): Promise<void> {
  screen.scene('A night that finds drift');
  screen.does('The nightly workflow fetches the newest rows, and compares them with the table that models learn from.');
  const { green, summary, log } = await bench.runWorkflow({ event: 'schedule', path: '.github/workflows/drift.yml' });
  screen.shows('Summary of the job', summary || log);
  screen.expects('the job is red, because more than 5 % of the columns drifted', !green && summary.includes('drifted'));
  screen.expects(
    'its summary says what moved and how far',
    summary.includes('MonthlyCharges') && summary.includes('Mobile wallet'),
  );
}

async function issueThatRetrains(world: DemoWorld, screen: Screen): Promise<void> {
  const { bench, app, comments } = world;
  const { rig, repository } = bench;
  screen.scene('An issue that asks to train again');
  rig.setRole(repository, 'ada', 'write');
  rig.setRole(repository, 'eve', 'read');
  const issue = { number: ISSUE, isPull: false };
  const before = rig.dispatches.length;
  screen.does('Eve, who may only read, comments: /retrain');
  await app.comment('eve', '/retrain', issue);
  screen.shows('The App answers', comments(issue).at(-1)!.body);
  screen.expects('nothing was started', rig.dispatches.length === before);

  const ask = '/retrain churn logistic_regression C=0.02';
  screen.does(`Ada, who may write, comments: ${ask}`);
  const asked = await app.comment('ada', ask, issue);
  screen.shows('Reactions', rig.reactions(asked).join('\n'));
  screen.shows('The App answers', comments(issue).at(-1)!.body);
  const [dispatch] = rig.dispatches.slice(before);
  screen.expects('one workflow was started, on main', dispatch?.ref === 'main' && rig.dispatches.length === before + 1);
  if (!dispatch) return;

  const { runId, inputs } = dispatch;
  screen.does('The workflow runs, and GitHub tells the App when it is done.');
  const { green } = await bench.runWorkflow({
    ...{ event: 'workflow_dispatch', headBranch: dispatch.ref, path: dispatch.workflow, runId },
    inputs: inputs as Record<string, string>,
  });
  await app.workflowRun('completed', runId);
  const told = comments(issue).at(-1)!.body;
  screen.shows(`Comment of ${comments(issue).at(-1)!.login}`, told);
  screen.expects('the job is green', green);
  screen.expects(
    'the comment tells that it has ended, and what it came to',
    told.includes('has ended: success') && told.includes('roc_auc'),
  );
  opensPage(world, screen, told, 'roc_auc');
}
