import { expect, it } from 'vitest';
import type { WorkflowEvent } from '../github/event.ts';
import { mayRecord } from './may-record.ts';

const main: WorkflowEvent = { kind: 'default_branch', sha: 'a'.repeat(40) };
const other: WorkflowEvent = { kind: 'other', why: 'refs/heads/x is not the default branch main' };
const change: WorkflowEvent = { kind: 'merge_group', baseSha: 'a'.repeat(40), headSha: 'b'.repeat(40) };
const ask = (event: WorkflowEvent, eventName: string, options: object = {}, branch = 'main') =>
  mayRecord({ event, eventName, branch, defaultBranch: 'main' }, { options: { ...options } });

it.each([
  ['a push', ask(main, 'push')],
  ['a push of one leg of a matrix', ask(main, 'push', { dataset: ['churn'], model: ['dummy'] })],
  ['a schedule', ask(main, 'schedule', { set: [] })],
  ['a dispatch', ask(other, 'workflow_dispatch')],
])('records %s', (_title, found) => {
  expect(found).toEqual({ yes: true });
});

it.each([
  ['a change', ask(change, 'merge_group'), /when it is merged/],
  ['overridden values', ask(main, 'push', { set: ['a=1'] }), /`set`/],
  ['a dispatch with overridden values', ask(other, 'workflow_dispatch', { set: ['a=1'] }), /`set`/],
  ['a dispatch of some datasets', ask(other, 'workflow_dispatch', { dataset: ['churn'] }), /`dataset`/],
  ['a dispatch of some models', ask(other, 'workflow_dispatch', { model: ['dummy'] }), /`model`/],
  ['a dispatch of a branch', ask(other, 'workflow_dispatch', {}, 'work'), /not the default branch main/],
  ['a dispatch of a tag that is called main', ask(other, 'workflow_dispatch', {}, 'refs/tags/main'), /not the default/],
  ['a push to another branch', ask(other, 'push'), /refs\/heads\/x is not/],
])('does not record %s, and says why', (_title, found, why) => {
  expect(found).toEqual({ no: expect.stringMatching(why) });
});
