import { createHash } from 'node:crypto';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  decodeEvidence,
  decodeRowSet,
  encodeEvidence,
  encodeRowSet,
  rowSetId,
  rowSetPath,
} from '../../../core/evidence/evidence-codec.ts';
import { aZip } from '../../../github/zip.fixture.ts';
import { readZip } from '../../../github/zip-reader.ts';
import { useRig } from '../../rig/rig.fixture.ts';
import type { PullRequest } from '../../rig/state.ts';
import { aTeam, type Team } from './team.fixture.ts';
import { type NeedsOf, runGate, type SeenGate } from './three-jobs.fixture.ts';

const rig = useRig();

const trainer = (prediction: string) => `import { readFileSync, writeFileSync } from 'node:fs';
const lines = readFileSync(process.env.MLOPS_TEST, 'utf8').trimEnd().split('\\n').map((line) => line.split(','));
const [header, ...test] = lines;
const [tenure, charges] = ['tenure', 'charges'].map((name) => header.indexOf(name));
const predicted = test.map((row) => [row[0], ${prediction}].join(','));
writeFileSync(process.env.MLOPS_PREDICTIONS, ['key,prediction', ...predicted].join('\\n'));
`;
const GOOD = trainer('1 - (Number(row[tenure]) + 0.7 * Number(row[charges])) / 2');
const BETTER = trainer('1 - (Number(row[tenure]) + 0.8 * Number(row[charges])) / 2');
const WORSE = trainer('1 - Number(row[charges])');
const PROJECT = `datasets:
  churn:
    path: churn.csv
    target: leaves
    metrics: [roc_auc]
    models: { custom: { command: [${process.execPath}, train.mjs], inputs: [train.mjs], repeats: 1 }, dummy: {} }
    gates: { model: custom, roc_auc: { max_drop: 0.01 } }
`;
const FILES = { 'mlops.yml': PROJECT, 'train.mjs': GOOD, 'README.md': 'one\n' };

type Files = Map<string, Uint8Array>;

/** Changes what a leg of a gate handed over, and what it told of it. */
function forge({ runId, needs }: SeenGate, change: (files: Files) => void, isToldSo = true): NeedsOf {
  const found = rig.rig.artifacts(runId).find(({ name }) => name.startsWith('mlops-claim-'))!;
  const files: Files = new Map(readZip(found.bytes, { files: 100, bytes: 1e8 }));
  change(files);
  const bytes = aZip(Array.from(files, ([name, content]) => ({ name, content })));
  const digest = createHash('sha256').update(bytes).digest('hex');
  Object.assign(found, { bytes, digest: `sha256:${digest}` });
  if (!isToldSo) return needs;
  return { ...needs, train: { result: 'success', outputs: { 'leg-0': digest } } };
}

function inJson(files: Files, change: (run: { metrics: Record<string, Record<string, { value: number }>> }) => void) {
  for (const [path, bytes] of files) {
    if (!path.endsWith('.json')) continue;
    const run = JSON.parse(new TextDecoder().decode(bytes));
    change(run);
    files.set(path, new TextEncoder().encode(JSON.stringify(run)));
  }
}

/** What the job `plan` told, with other legs. */
function replanned({ plan }: NeedsOf, leg: (of: { leg: number; dataset: string }) => object): NeedsOf['plan'] {
  const train = JSON.stringify((JSON.parse(plan.outputs.train!) as { leg: number; dataset: string }[]).map(leg));
  return { ...plan, outputs: { ...plan.outputs, train } };
}

/** Predictions that are right for rows of the opposite label. */
function turnLabels(files: Files) {
  const [path] = [...files.keys()].filter((name) => name.endsWith('.rows'));
  const { id, ...rows } = decodeRowSet(files.get(path!)!);
  const turned = { ...rows, target: rows.target!.map((label) => 1 - label) };
  const rowSet = { id: rowSetId(turned), ...turned };
  files.delete(path!);
  files.set(rowSetPath(rowSet.id), encodeRowSet(rowSet));
  for (const [name, bytes] of [...files].filter(([each]) => each.endsWith('.oof'))) {
    const evidence = decodeEvidence(bytes);
    expect(evidence.rowSet).toBe(id);
    files.set(name, encodeEvidence({ ...evidence, rowSet: rowSet.id }));
  }
}

describe('plan, train and publish', () => {
  let team: Team;
  let main: SeenGate;
  beforeAll(async () => {
    team = aTeam(rig, FILES);
    main = await runGate(team);
  });

  it('train, judge and record main: the job that can write runs no code of the repository', () => {
    expect(main.green).toBe(true);
    expect(main.needs.plan.outputs).toMatchObject({
      train: '[{"leg":0,"dataset":"churn","side":"candidate"}]',
      'train-base': '[]',
    });
    expect(main.seen['train-0']!.log).toContain('churn custom: trained 5 times');
    expect(main.publish.log).not.toContain('trained 5 times');
    expect(team.recorded()).toHaveLength(2);
    for (const job of ['plan', 'train-0'])
      expect(main.seen[job]!.requests.filter((request) => !request.startsWith('GET'))).toEqual([]);
  });

  describe('of a change', () => {
    let pullRequest: PullRequest;
    let good: SeenGate;
    let attempt = 1;
    beforeAll(async () => {
      pullRequest = team.propose('better', { 'train.mjs': BETTER });
      good = await runGate(team, { pullRequest });
    });
    const again = async (needs: NeedsOf) => {
      attempt++;
      const { publish } = await runGate(team, { pullRequest, needs, runId: good.runId, attempt });
      return publish;
    };

    it('pass what is as good, with a comment of one job', () => {
      expect([good.green, good.publish.title]).toEqual([true, expect.stringContaining('1 gate passes')]);
      expect(good.publish.comment).toContain('`churn` **roc_auc**');
      expect(good.needs.base.result).toBe('skipped');
    });

    it.each<[string, (needs: NeedsOf) => NeedsOf, string]>([
      [
        'a leg that tells nothing',
        (needs) => ({ ...needs, train: { result: 'success', outputs: {} } }),
        'the job train did not report every dataset that was planned',
      ],
      [
        'a leg that failed',
        (needs) => ({ ...needs, train: { ...needs.train, result: 'failure' } }),
        'the job train did not succeed',
      ],
      [
        'a job that was cancelled',
        (needs) => ({ ...needs, train: { ...needs.train, result: 'cancelled' } }),
        'the job train did not succeed',
      ],
      [
        'a plan that failed',
        (needs) => ({ ...needs, plan: { result: 'failure', outputs: {} } }),
        'the job plan did not succeed',
      ],
      [
        'a plan of nothing, where something has to be trained',
        (needs) => ({
          ...needs,
          plan: { ...needs.plan, outputs: { ...needs.plan.outputs, train: '[]' } },
          train: { result: 'skipped', outputs: {} },
        }),
        'other datasets were planned than have to be trained',
      ],
      [
        'the digest of what another workflow run trained',
        (needs) => ({ ...needs, train: main.needs.train }),
        'what the job train trained of churn is not what it handed over',
      ],
      [
        'a plan that has the change trained as the base commit',
        (needs) => ({ ...needs, plan: replanned(needs, ({ leg, dataset }) => ({ leg, dataset, side: 'base' })) }),
        'what the job base trained of churn is not what it handed over',
      ],
    ])('are red with %s', async (_, change, title) => {
      const publish = await again(change(good.needs));
      expect([publish.green, publish.title]).toEqual([false, expect.stringContaining(title)]);
      expect(publish.comment).toContain(title);
    });

    it('are red when another job replaces what a leg uploaded', async () => {
      const publish = await again(forge(good, (files) => inJson(files, () => undefined), false));
      expect(publish.green).toBe(false);
      expect(publish.title).toContain('what the job train trained of churn is not what it handed over');
    });

    it('are red when predictions are for other rows', async () => {
      const publish = await again(forge(good, turnLabels));
      expect(publish.green).toBe(false);
      expect(publish.title).toContain('the predictions of churn custom are not for the rows of this commit');
    });

    it('are red when a later attempt has uploaded something else', async () => {
      const { name } = rig.rig.artifacts(good.runId).find((one) => one.name.startsWith('mlops-claim-'))!;
      const later = { runId: good.runId, name: name.replace(/-1$/, '-2'), bytes: aZip([]) };
      rig.rig.addArtifact(later);
      const publish = await again(good.needs);
      expect(publish.green).toBe(false);
      expect(publish.title).toContain('what the job train trained of churn is not what it handed over');
    });
  });

  it('compute every number anew: a leg that says it is perfect is judged by its predictions', async () => {
    const pullRequest = team.propose('worse', { 'train.mjs': WORSE });
    const worse = await runGate(team, { pullRequest });
    expect([worse.green, worse.publish.title]).toEqual([false, expect.stringMatching(/roc_auc.*dropped/)]);
    const needs = forge(worse, (files) =>
      inJson(files, ({ metrics }) => {
        for (const which of ['out_of_fold', 'test', 'train'])
          metrics.roc_auc![which] = { ...metrics.roc_auc![which]!, value: 1 };
      }),
    );
    const forged = await runGate(team, { pullRequest, needs, runId: worse.runId, attempt: 2 });
    expect([forged.green, forged.publish.title]).toEqual([false, worse.publish.title]);
    const without = forge(worse, (files) => {
      for (const path of files.keys()) if (path.includes('-custom-')) files.delete(path);
    });
    const silent = await runGate(team, { pullRequest, needs: without, runId: worse.runId, attempt: 3 });
    expect([silent.green, silent.publish.title]).toEqual([
      false,
      expect.stringContaining('`churn` `custom` was not trained'),
    ]);
  });

  it('let what a maintainer accepted pass in `publish`, until there is another commit', async () => {
    const pullRequest = team.propose('accepted', { 'train.mjs': WORSE });
    const red = await runGate(team, { pullRequest });
    const line = /^\/accept .*$/m.exec(red.publish.comment)![0].replace('…', 'charges are what counts');
    rig.rig.setRole(team.repository, 'ada', 'maintain');
    rig.rig.comment(team.repository, pullRequest.number, 'ada', line);
    const again = await runGate(team, { pullRequest, needs: red.needs, runId: red.runId, attempt: 2 });
    expect([again.green, again.publish.title]).toEqual([true, expect.stringMatching(/^☑️ Accepted: .*by `ada`/)]);
    team.push('accepted', { 'train.mjs': `${WORSE}//\n` });
    rig.rig.syncPullRequest(pullRequest);
    const pushed = await runGate(team, { pullRequest });
    expect([pushed.green, pushed.publish.title]).toEqual([false, expect.stringMatching(/roc_auc.*dropped/)]);
  });

  it('train nothing where no input changed', async () => {
    const docs = await runGate(team, { pullRequest: team.propose('docs', { 'README.md': 'two\n' }) });
    expect(docs.needs.plan.outputs).toMatchObject({ train: '[]', 'train-base': '[]' });
    expect([docs.green, docs.publish.title]).toEqual([true, expect.stringContaining('No input changed')]);
  });
});

describe('a package that is installed from the working tree', () => {
  const main = GOOD.replace('import {', "import { predict } from 'churn';\nimport {").replace(
    /const predicted.*/,
    "const predicted = test.map((row) => [row[0], predict(Number(row[tenure]), Number(row[charges]))].join(','));",
  );
  const module = (value: string) => ({ 'package/index.js': `export const predict = (tenure, charges) => ${value};\n` });
  const files = (inputs: string) => ({
    'mlops.yml': PROJECT.replace('inputs: [train.mjs], ', inputs),
    'train.mjs': main,
    'package/package.json': '{ "name": "churn", "type": "module", "exports": "./index.js" }\n',
    ...module('1 - (tenure + 0.7 * charges) / 2'),
    '.gitignore': 'node_modules/\n',
  });
  /** What `npm install ./package` and `pip install --editable .` leave: a link to the working tree. */
  const setUp = ({ folder }: { readonly folder: string }) => {
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync('../package', join(folder, 'node_modules', 'churn'));
  };

  it('is trained when it changes, and the base commit imports its own', async () => {
    const team = aTeam(rig, files('inputs: ["package/**"], '));
    const pullRequest = team.propose('worse', module('1 - charges'));
    const worse = await runGate(team, { pullRequest, setUp });
    expect(worse.seen['base-0']!.log).toContain('churn custom: trained 5 times');
    expect([worse.green, worse.publish.title]).toEqual([false, expect.stringMatching(/roc_auc.*dropped/)]);
  });

  // Stated in docs/security.md.
  it('is no input of a list that lacks it, so nothing is judged', async () => {
    const team = aTeam(rig, files('inputs: [train.mjs], '));
    const unseen = await runGate(team, { pullRequest: team.propose('worse', module('1 - charges')), setUp });
    expect([unseen.green, unseen.publish.title]).toEqual([true, expect.stringContaining('No input changed')]);
  });
});

describe('where nothing is known of the base commit', () => {
  it('a job of its own trains it, and a change is compared with that', async () => {
    const team = aTeam(rig, FILES);
    const pullRequest = team.propose('worse', { 'train.mjs': WORSE });
    const worse = await runGate(team, { pullRequest });
    expect(worse.seen['base-0']!.log).toContain('churn custom: trained 5 times');
    expect([worse.green, worse.publish.title]).toEqual([false, expect.stringMatching(/roc_auc.*dropped/)]);
    const { needs } = worse;
    const told = {
      ...needs,
      base: { result: 'success', outputs: { 'leg-0': needs.train.outputs['leg-0']! } },
    } as const;
    const swapped = await runGate(team, { pullRequest, needs: told, runId: worse.runId, attempt: 2 });
    expect([swapped.green, swapped.publish.title]).toEqual([
      false,
      expect.stringContaining('what the job base trained'),
    ]);
  });
});
