import { describe, expect, it } from 'vitest';
import { StoreError } from '../../errors/app-error.ts';
import { float } from '../distribution.ts';
import { IDENTITY, memoryJournal, runTrials, someStudy } from '../study.fixture.ts';
import { readJournal } from './read-journal.ts';

const journal = memoryJournal();
await runTrials(await someStudy(journal), 8);
const lines = journal.text.trimEnd().split('\n');
const joined = (some: readonly string[]) => `${some.join('\n')}\n`;
const line = (operation: object) => JSON.stringify({ worker_id: 'other', ...operation });

function problemOf(text: string, identity = IDENTITY) {
  try {
    readJournal(text, 'a.journal', identity);
  } catch (error) {
    if (error instanceof StoreError) return error.problems[0]!;
    throw error;
  }
  throw new Error('was read');
}

describe('readJournal', () => {
  it('reads what a study wrote', async () => {
    expect(readJournal(journal.text, '', IDENTITY).trials).toEqual((await someStudy(journal)).trials);
    expect(readJournal('', '', IDENTITY)).toMatchObject({ studyId: undefined, trials: [] });
  });

  it('knows by its line what is wrong', () => {
    expect(problemOf(`${journal.text}{"op_code": 4, "wor`)).toMatchObject({
      file: `a.journal:${lines.length + 1}`,
      message: 'is not complete: a program was stopped while it wrote this line',
    });
    expect(problemOf(joined([...lines.slice(0, 5), 'hello', ...lines.slice(5)]))).toMatchObject({
      file: 'a.journal:6',
      message: 'is not JSON',
      found: 'hello',
    });
    expect(problemOf(joined([...lines, line({ op_code: 99 })]))).toMatchObject({
      file: `a.journal:${lines.length + 1}`,
      message: 'is not a line of an Optuna journal',
    });
    expect(
      problemOf(joined([...lines, line({ op_code: 7, trial_id: 99, step: 1, intermediate_value: 1 })])),
    ).toMatchObject({
      message: 'names trial 99, which no line before it begins',
    });
    expect(problemOf(joined([line({ op_code: 4, study_id: 0 })]))).toMatchObject({ file: 'a.journal:1' });
  });

  it.each([
    ['another name', { name: 'churn other' }, 1, 'is the journal of another study'],
    ['another direction', { direction: 'maximize' as const }, 1, 'is a study in another direction'],
    ['another space', { space: { x: float(-4, 5) } }, 3, 'the study was begun with another search space'],
    ['another table', { setting: { metric: 'rmse', table: 'abd' } }, 3, 'the study was begun with another table'],
  ])('refuses a study of %s, with the line and what to do', (_, changes, at, message) => {
    const problem = problemOf(journal.text, { ...IDENTITY, ...changes });
    expect(problem).toMatchObject({ file: `a.journal:${at}`, message });
    expect(problem.next).toContain('move the file away');
  });

  it('refuses a trial of Optuna in another space', () => {
    const param = (changes: object) => [
      ...lines,
      line({ op_code: 4, study_id: 0 }),
      line({ op_code: 5, trial_id: 8, param_name: 'x', param_value_internal: 1, distribution: '{}', ...changes }),
    ];
    expect(problemOf(joined(param({})))).toMatchObject({ message: 'searches x in another space' });
    expect(problemOf(joined(param({ param_name: 'y' })))).toMatchObject({ allowed: 'x, depth' });
  });

  it('reads other studies of the same file past, and trials that were added whole', () => {
    const template = {
      op_code: 4,
      study_id: 0,
      state: 1,
      values: [0.5],
      params: { x: 1, depth: 3 },
      distributions: {
        x: '{"name": "FloatDistribution", "attributes": {"step": null, "low": -4.0, "high": 4.0, "log": false}}',
        depth: '{"name": "IntDistribution", "attributes": {"log": false, "step": 1, "low": 1, "high": 9}}',
      },
      intermediate_values: { '20': 1, '10': 2 },
    };
    const text = joined([
      ...lines,
      line({ op_code: 0, study_name: 'another', directions: [1] }),
      line({ op_code: 4, study_id: 1 }),
      line(template),
      line({ op_code: 9, trial_id: 9, system_attr: { a: 1 } }),
      line({ op_code: 6, trial_id: 9, state: 3, values: null }),
    ]);
    const { trials, trialIds, nTrials } = readJournal(text, '', IDENTITY);
    expect(trials).toHaveLength(9);
    expect(trials[8]).toMatchObject({
      ...{ number: 8, state: 'complete', value: 0.5, params: { x: 1, depth: 3 } },
      reports: [
        { step: 10, value: 2 },
        { step: 20, value: 1 },
      ],
    });
    expect([trialIds.at(-1), nTrials]).toEqual([9, 10]);
  });

  it('refuses a study that Optuna began', () => {
    const text = joined([
      line({ op_code: 0, study_name: IDENTITY.name, directions: [1] }),
      line({ op_code: 4, study_id: 0 }),
    ]);
    expect(problemOf(text).message).toContain('was not begun by `mlops tune`');
  });
});
