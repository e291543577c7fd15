import { describe, expect, it } from 'vitest';
import { aCommit } from '../core/change/commits.fixture.ts';
import { hasCheckOfItsOwn } from './own-check.ts';

const OWN = '.github/workflows/retrain.yml';
const JUDGING = '.github/workflows/mlops.yml';
const judging = 'on: { pull_request: {}, workflow_dispatch: {} }\njobs: { mlops: { runs-on: x } }\n';
const retrain = (on: string, jobs = '{ retrain: { runs-on: x } }') => `on: ${on}\njobs: ${jobs}\n`;
const isOwn = (files: Readonly<Record<string, string>>, job = 'retrain', workflow = OWN) =>
  hasCheckOfItsOwn({ workflow, job }, aCommit('a', { [JUDGING]: judging, ...files }));

describe('hasCheckOfItsOwn', () => {
  it.each([
    ['workflow_dispatch'],
    ['[workflow_dispatch]'],
    ["{ workflow_dispatch: { inputs: { retrain: { type: string, default: '{}' } } } }"],
  ])('is so where only a person starts the workflow: on: %s', async (on) => {
    expect(await isOwn({ [OWN]: retrain(on) })).toBe(true);
  });

  it.each<[string, Record<string, string>]>([
    ['another event starts it too', { [OWN]: retrain('[workflow_dispatch, pull_request]') }],
    ['another workflow calls it', { [OWN]: retrain('{ workflow_dispatch: {}, workflow_call: {} }') }],
    ['it is not in the commit', {}],
    ['it cannot be read', { [OWN]: 'on: [' }],
    ['it is a link', { [OWN]: '-> mlops.yml' }],
    [
      'the job has the name of one that judges',
      { [OWN]: retrain('workflow_dispatch', '{ retrain: { name: MLOps } }') },
    ],
    ['the job is not in it', { [OWN]: retrain('workflow_dispatch', '{ other: {} }') }],
    [
      'the job is a leg of a matrix',
      { [OWN]: retrain('workflow_dispatch', '{ retrain: { strategy: { matrix: {} } } }') },
    ],
    [
      'its name is an expression',
      { [OWN]: retrain('workflow_dispatch', `{ retrain: { name: '\${{ inputs.name }}' } }`) },
    ],
    ['another workflow cannot be read', { [OWN]: retrain('workflow_dispatch'), '.github/workflows/x.yaml': '}' }],
    [
      'a job of another workflow is called so',
      { [OWN]: retrain('workflow_dispatch'), [JUDGING]: 'on: pull_request\njobs: { mlops: { name: retrain } }\n' },
    ],
  ])('is not so where %s', async (_title, files) => {
    expect(await isOwn(files)).toBe(false);
  });

  it('is not so of a job in the workflow that judges', async () => {
    expect(await isOwn({ [OWN]: retrain('workflow_dispatch') }, 'mlops', JUDGING)).toBe(false);
  });
});
