import { describe, expect, it } from 'vitest';
import { readNeeds } from './needs.ts';

const digest = (digit: string) => digit.repeat(64);
const SHA = 'c'.repeat(40);
const leg = (number: number, dataset: string, side = 'candidate') => ({ leg: number, dataset, side });
const planned = {
  base: SHA,
  train: JSON.stringify([leg(0, 'churn'), leg(1, 'fraud')]),
  'train-base': '[]',
};
const HONEST = {
  plan: { result: 'success', outputs: planned },
  base: { result: 'skipped', outputs: {} },
  train: { result: 'success', outputs: { 'leg-0': digest('a'), 'leg-1': digest('b') } },
};
const read = (change: object) => readNeeds(JSON.stringify({ ...HONEST, ...change }));

describe('readNeeds', () => {
  it('has the plan, and the digest of each leg in its order', () => {
    const needs = read({});
    expect(needs.base).toBe(SHA);
    expect(needs.legs.candidate.map(({ dataset }) => dataset)).toEqual(['churn', 'fraud']);
    expect(needs.digestsOf('candidate')).toEqual([digest('a'), digest('b')]);
    expect(needs.digestsOf('base')).toEqual([]);
  });

  it('needs no digest where no leg was planned, so that GitHub skipped the job', () => {
    const plan = { result: 'success', outputs: { ...planned, base: '', train: '[]' } };
    const needs = read({ plan, train: { result: 'skipped', outputs: {} } });
    expect([needs.base, needs.digestsOf('candidate')]).toEqual([null, []]);
  });

  it.each([
    ['nothing', ''],
    ['no JSON', '${{'],
    ['a result that GitHub does not have', JSON.stringify({ ...HONEST, plan: { result: 'green', outputs: {} } })],
  ])('refuses %s', (_, text) => {
    expect(() => readNeeds(text)).toThrow('input needs: is not what the jobs before this one came to');
  });

  it.each([
    ['no plan', { plan: undefined }, 'the job plan did not succeed'],
    ['a plan that failed', { plan: { ...HONEST.plan, result: 'failure' } }, 'the job plan did not succeed'],
    ['a plan without outputs', { plan: { result: 'success' } }, 'the job plan has no plan among its outputs'],
    [
      'a base that is no commit',
      { plan: { result: 'success', outputs: { ...planned, base: 'main' } } },
      'the job plan has no plan among its outputs',
    ],
  ])('refuses %s', (_, change, message) => {
    expect(() => read(change)).toThrow(message);
  });

  it.each(['failure', 'cancelled', 'skipped'])('has no digests of a job that ended with %s', (result) => {
    expect(() => read({ train: { ...HONEST.train, result } }).digestsOf('candidate')).toThrow(
      'the job train did not succeed, so nothing is judged',
    );
  });

  it.each([
    ['has told nothing', { 'leg-0': digest('a') }],
    ['has told no digest', { 'leg-0': digest('a'), 'leg-1': 'success' }],
  ])('has no digests where a leg %s', (_, outputs) => {
    expect(() => read({ train: { result: 'success', outputs } }).digestsOf('candidate')).toThrow('nothing of fraud');
  });

  it('has no digests of a job without a leg that failed all the same', () => {
    expect(() => read({ base: { result: 'failure', outputs: {} } }).digestsOf('base')).toThrow('the job base');
  });
});
