import { describe, expect, it } from 'vitest';
import { aRun } from './run.fixture.ts';
import { findRun } from './run-reference.ts';
import { summaryOf } from './run-summary.ts';

const run = (id: string, dataset: string, model: string) => summaryOf(aRun({ id, dataset, model }));
const RUNS = [
  run('20261125-100000-churn-forest-0000aaaa', 'churn', 'forest'),
  run('20261124-100000-churn-ridge-0000bbbb', 'churn', 'ridge'),
  run('20261124-090000-fraud-forest-0000cccc', 'fraud', 'forest'),
];
const find = (name: string, runs = RUNS) => findRun(runs, name, { place: 'mlops runs show', source: 'folder x' });

describe('findRun', () => {
  it.each([
    ['20261124-100000-churn-ridge-0000bbbb', 1],
    ['20261124-09', 2],
    ['20261125', 0],
    ['0000cccc', 2],
    ['latest', 0],
    ['latest:churn', 0],
    ['latest:churn/ridge', 1],
    ['latest:fraud', 2],
  ])('%s', (name, index) => expect(find(name)).toBe(RUNS[index]));

  it('prefers the whole id to the beginning of another', () => {
    const [short, long] = [
      run('20261124-100000-a-00000000', 'a', 'b'),
      run('20261124-100000-a-00000000-b-00000001', 'a', 'b'),
    ];
    expect(find(short.id, [long, short])).toBe(short);
  });

  it.each([
    ['20261124', /matches 2 runs[\s\S]*allowed: 20261124-100000[\s\S]*last eight digits/],
    ['0000aaab', /there is no run "0000aaab"[\s\S]*the newest run is 20261125/],
    ['20261125-100000-churn-forest-0000aaab', /did you mean "20261125-100000-churn-forest-0000aaaa"/],
    ['', /there is no run ""/],
    ['latest:churn/tree', /there is no run of churn tree[\s\S]*runs of churn\/forest, churn\/ridge, fraud\/forest/],
    ['latest:', /there is no run "latest:"/],
  ])('%j is refused', (name, message) => expect(() => find(name)).toThrow(message));

  it('takes the best trial of a study for the latest run never, and finds it by its id', () => {
    const study = { name: 'churn random_forest', trial: 3, trials: 9 };
    const id = '20261130-073812-churn-random_forest-0badc0df';
    const runs = [summaryOf(aRun({ id, dataset: 'churn', study })), ...RUNS];
    expect(find('latest', runs)).toEqual(find('latest'));
    expect(find('latest:churn', runs).id).not.toBe(id);
    expect(find(id, runs).id).toBe(id);
  });

  it('says where it looked when there is nothing', () => {
    expect(() => find('x', [])).toThrow(/no runs in folder x/);
    expect(() => find('latest', [])).toThrow(/there is no run yet[\s\S]*mlops train/);
  });
});
