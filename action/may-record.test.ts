import { expect, it } from 'vitest';
import type { WorkflowEvent } from '../github/event.ts';
import { mayRecord } from './may-record.ts';

const ask = (name: string, options: object = {}, withheld: readonly string[] = []) => {
  const event: WorkflowEvent = { kind: 'ref', name, ref: 'refs/heads/main' };
  return mayRecord(withheld, { event }, { options: { ...options } });
};

it.each([
  ['a push', ask('push')],
  ['a push of one leg of a matrix', ask('push', { dataset: ['churn'], model: ['dummy'] })],
  ['a schedule', ask('schedule', { dataset: [] })],
  ['a dispatch', ask('workflow_dispatch', { dataset: [], model: [] })],
])('records %s', (_title, found) => {
  expect(found).toEqual({ yes: true });
});

it.each([
  ['what something else speaks against', ask('push', {}, ['`set` was given', 'another']), '`set` was given; another'],
  [
    'a dispatch of some datasets',
    ask('workflow_dispatch', { dataset: ['churn'] }),
    'by the input `dataset` is a trial',
  ],
  ['a dispatch of some parameters', ask('workflow_dispatch', { set: ['dummy.x=1'] }), 'by the input `set` is a trial'],
  ['a dispatch of some models', ask('workflow_dispatch', { model: ['dummy'] }), 'by the input `model` is a trial'],
])('does not record %s, and says why', (_title, found, why) => {
  expect(found).toEqual({ no: expect.stringContaining(why) });
});
