import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { readPage, workflowOf } from '../../../test/docs/pages.ts';
import { parseProject } from '../../config/parse.ts';
import { commentWorkflowText, jobsFor, workflowText } from './workflow-text.ts';

const ROOT = { folder: '', config: 'mlops.yml' };
const project = (models: string) =>
  parseProject(`datasets:\n  churn:\n    path: churn.csv\n    target: y\n    models: ${models}\n`, 'mlops.yml');

it.each([
  ['one', 'README.md'],
  ['three', 'docs/three-jobs.md'],
] as const)('the form of %s jobs is that of %s', (jobs, page) => {
  expect(workflowText(jobs, ROOT)).toBe(workflowOf(readPage(page)));
});

it('the second workflow is that of docs/forks.md, and follows the first one by its name', () => {
  const second = commentWorkflowText('.github/workflows/mlops.yml');
  expect(second).toBe(workflowOf(readPage('docs/forks.md')));
  const { name } = parse(workflowText('one', ROOT, true));
  expect(parse(second).on.workflow_run.workflows).toEqual([name]);
  expect(parse(workflowText('three', ROOT))).not.toHaveProperty('name');
});

it('a command that trains needs three jobs', () => {
  expect(jobsFor(project('[random_forest, dummy]'))).toBe('one');
  expect(jobsFor(project('{ dummy: {}, custom: { command: [python, train.py] } }'))).toBe('three');
});

it('says where the project file is', () => {
  const place = { folder: 'models/a b', config: 'other.yml' };
  const given = { 'working-directory': 'models/a b', config: 'other.yml' };
  expect(parse(workflowText('three', place)).jobs.mlops.with).toEqual(given);
  expect(parse(workflowText('one', place)).jobs.mlops.steps.at(-1).with).toEqual(given);
});
