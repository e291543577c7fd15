import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { aRun } from '../core/tracking/run.fixture.ts';
import { runCodec } from '../core/tracking/run-codec.ts';
import { runPath } from '../core/tracking/run-id.ts';
import { claimName, jobKey } from '../github/job-key.ts';
import { aZip } from '../github/zip.fixture.ts';
import { useRig } from '../test/rig/rig.fixture.ts';
import { openClaims } from './claims.ts';
import { readNeeds } from './needs.ts';

const fixture = useRig();
const WORKFLOW = '.github/workflows/mlops.yml';
const SHA = 'c'.repeat(40);

const keyOf = (job: string, dataset: string) =>
  jobKey({ workflow: WORKFLOW, job, folder: '.', config: 'mlops.yml', datasets: [dataset], models: [] });

/** A workflow run at its second attempt, with a leg for the change's churn and one for the base's. */
function aGate() {
  const { repository, names, client } = fixture.aProject();
  const { rig } = fixture;
  const { runId } = rig.startWorkflowRun({ repository, event: 'push', attempt: 2 });
  const upload = (
    job: 'train' | 'base',
    of: { attempt?: number; dataset?: string; sha?: string; said?: number; text?: string } = {},
  ) => {
    const { attempt = 1, dataset = 'churn', sha = SHA, said = attempt, text } = of;
    const id = `20261124-073812-${dataset}-dummy-${String(attempt).padStart(8, '0')}`;
    const git = { sha, branch: null, base: null, dirty: false };
    const run = aRun({ id, dataset, model: 'dummy', git, workflow: { runId, attempt: said } });
    const bytes = aZip([{ name: runPath(id), content: text ?? runCodec.format(run) }]);
    rig.addArtifact({ runId, name: claimName(keyOf(job, dataset), attempt), bytes });
    return createHash('sha256').update(bytes).digest('hex');
  };
  const open = (train: string, base?: string) => {
    const leg = (side: string) => JSON.stringify([{ leg: 0, dataset: 'churn', side }]);
    const job = (digest: string) => ({ result: 'success', outputs: { 'leg-0': digest } });
    const outputs = { base: SHA, train: leg('candidate'), 'train-base': base === undefined ? '[]' : leg('base') };
    const needs = {
      plan: { result: 'success', outputs },
      train: job(train),
      ...(base !== undefined && { base: job(base) }),
    };
    const context = {
      octokit: client({ actions: 'read' }),
      repository: names,
      runId,
      runAttempt: 2,
      workflow: WORKFLOW,
    };
    const inputs = { options: { config: 'mlops.yml' }, workingDirectory: '.' };
    return openClaims(context, inputs, readNeeds(JSON.stringify(needs)));
  };
  return { upload, open };
}
const attempts = (found: ReadonlyMap<string, readonly { run: { workflow: { attempt: number } | null } }[]>) =>
  found.get('churn')!.map(({ run }) => run.workflow!.attempt);

describe('claims of a change', () => {
  it('are those of the newest attempt of each leg', async () => {
    const gate = aGate();
    gate.upload('train', { attempt: 1 });
    const digest = gate.upload('train', { attempt: 2 });
    expect(attempts(await gate.open(digest).of(['churn']))).toEqual([2]);
  });

  it('may be of an earlier attempt, where the leg was not run again', async () => {
    const gate = aGate();
    const digest = gate.upload('train', { attempt: 1 });
    gate.upload('train', { attempt: 3 });
    expect(attempts(await gate.open(digest).of(['churn']))).toEqual([1]);
  });

  it.each<[string, (gate: ReturnType<typeof aGate>) => string, string]>([
    ['nothing was uploaded', () => 'a'.repeat(64), 'there is no artifact of it in this workflow run'],
    [
      'another artifact lies there',
      (gate) => gate.upload('train').replace(/^./, (digit) => (digit === 'a' ? 'b' : 'a')),
      'is another one than the job train uploaded',
    ],
    [
      'a newer attempt uploaded and did not tell',
      (gate) => {
        const digest = gate.upload('train', { attempt: 1 });
        gate.upload('train', { attempt: 2 });
        return digest;
      },
      'is another one than the job train uploaded',
    ],
    ['only a leg of the base has it', (gate) => gate.upload('base'), 'there is no artifact of it in this workflow run'],
    ['its runs are of another attempt', (gate) => gate.upload('train', { said: 2 }), 'holds no run'],
    ['its record is damaged', (gate) => gate.upload('train', { text: '{' }), 'run record is corrupt: not JSON'],
  ])('are refused where %s', async (_, upload, message) => {
    const gate = aGate();
    await expect(gate.open(upload(gate)).of(['churn'])).rejects.toThrow(message);
  });

  it.each([[[]], [['fraud']], [['churn', 'fraud']]])('are refused where %j have to be trained', async (datasets) => {
    const gate = aGate();
    await expect(gate.open(gate.upload('train')).of(datasets)).rejects.toThrow('other datasets were planned');
  });
});

describe('claims of the base commit', () => {
  it('are what its own job handed over', async () => {
    const gate = aGate();
    const digest = gate.upload('base');
    expect(await gate.open('a'.repeat(64), digest).ofBase()).toHaveLength(1);
  });

  it('are refused when they are of another commit', async () => {
    const gate = aGate();
    const digest = gate.upload('base', { sha: 'd'.repeat(40) });
    await expect(gate.open('a'.repeat(64), digest).ofBase()).rejects.toThrow('the job base trained another commit');
  });

  it('are none where none were planned', async () => {
    expect(await aGate().open('a'.repeat(64)).ofBase()).toEqual([]);
  });
});
