import { describe, expect, it } from 'vitest';
import type { Task } from '../table/task.ts';
import { defaultModels } from '../trainers/index.ts';
import { sampleProject } from './key-samples.fixture.ts';
import { plannedModels, trainable } from './planned-models.ts';

/** A project whose dataset lists these models; without `models` it lists none. */
const projectOf = ({ models, ...project }: { models?: unknown; project?: object }) =>
  sampleProject({ models, metrics: undefined }, project.project && { models: project.project });
const COMMAND = { custom: { command: ['train'] } };

interface Case {
  readonly head: { models?: unknown; project?: object };
  readonly base?: { models?: unknown };
  readonly task?: Task;
  readonly chosen?: readonly string[];
  /** Id and origin; `added` where nothing expects the model. */
  readonly planned: readonly string[];
}

const defaults = (task: Task, origin: string) => defaultModels(task).map((id) => `${id} ${origin}`);
const cases: Record<string, Case> = {
  'a list': { head: { models: ['dummy', 'random_forest'] }, planned: ['dummy listed', 'random_forest listed'] },
  'a map': { head: { models: { dummy: {}, random_forest: null } }, planned: ['dummy listed', 'random_forest listed'] },
  'a list that names one twice': { head: { models: ['dummy', 'dummy'] }, planned: ['dummy listed'] },
  'a list with one that does not suit the task, which loading refuses': {
    head: { models: ['logistic_regression'] },
    task: 'regression',
    planned: ['logistic_regression listed'],
  },
  'no list': { head: {}, task: 'regression', planned: defaults('regression', 'default') },
  'no list, before the task is known': {
    head: {},
    planned: ['random_forest', 'gradient_boosting', 'linear_regression', 'logistic_regression', 'dummy'].map(
      (id) => `${id} default`,
    ),
  },
  'no list, and a command in the project': {
    head: { project: COMMAND },
    task: 'classification',
    planned: [...defaults('classification', 'default'), 'custom default'],
  },
  'a choice among those listed': {
    head: { models: ['dummy', 'random_forest'] },
    chosen: ['dummy'],
    planned: ['dummy listed'],
  },
  'a choice of others': { head: { models: ['dummy'] }, chosen: ['random_forest'], planned: [] },
  'one more than the base': {
    head: { models: ['dummy', 'random_forest'] },
    base: { models: ['random_forest'] },
    planned: ['random_forest listed', 'dummy listed added'],
  },
  'one less than the base': {
    head: { models: ['dummy'] },
    base: { models: ['random_forest', 'dummy'] },
    planned: ['random_forest required by base', 'dummy listed'],
  },
  'one less than the base, and that one chosen': {
    head: { models: ['dummy'] },
    base: { models: ['random_forest', 'dummy'] },
    chosen: ['random_forest'],
    planned: ['random_forest required by base'],
  },
  'another order than the base': {
    head: { models: ['dummy', 'random_forest'] },
    base: { models: ['random_forest', 'dummy'] },
    planned: ['random_forest listed', 'dummy listed'],
  },
  'a list where the base has none': {
    head: { models: ['dummy'] },
    base: {},
    task: 'regression',
    planned: defaults('regression', 'required by base').map((model) =>
      model.startsWith('dummy') ? 'dummy listed' : model,
    ),
  },
  'no list where the base has one': {
    head: {},
    base: { models: ['dummy'] },
    task: 'regression',
    planned: [
      'dummy default',
      ...defaults('regression', 'default added').filter((model) => !model.startsWith('dummy')),
    ],
  },
};

describe('plannedModels', () => {
  it.each(Object.entries(cases))('of %s', (_, { head, base, task = null, chosen = [], planned }) => {
    const plan = { project: projectOf(head), base: base ? projectOf(base) : null, chosen };
    const found = plannedModels(plan, 'd', task);
    expect(found.map(({ id, origin, isExpected }) => `${id} ${origin}${isExpected ? '' : ' added'}`)).toEqual(planned);
  });

  it('gives a model that the base requires the parameters of the change for all datasets', () => {
    const project = projectOf({ models: ['dummy'], project: { random_forest: { n_estimators: 7 } } });
    const base = projectOf({ models: { random_forest: { n_estimators: 9 } } });
    const [required] = plannedModels({ project, base, chosen: [] }, 'd', null);
    expect(required).toMatchObject({ id: 'random_forest', params: { n_estimators: 7 } });
  });

  it('has no parameters for one that the change says too little of', () => {
    const project = projectOf({ models: ['dummy'] });
    const base = projectOf({ models: COMMAND });
    const planned = plannedModels({ project, base, chosen: [] }, 'd', null);
    expect(planned[0]).toEqual({ id: 'custom', params: null, origin: 'required by base', isExpected: true });
    expect(trainable(planned)).toEqual([{ id: 'dummy', params: {} }]);
  });

  it('judges a dataset that is new by its own list, and plans nothing for one that is gone', () => {
    const project = projectOf({ models: ['dummy'] });
    const other = { ...project, datasets: [{ ...project.datasets[0]!, id: 'other' }] };
    expect(plannedModels({ project, base: other, chosen: [] }, 'd', null)).toMatchObject([{ isExpected: true }]);
    expect(plannedModels({ project: other, base: project, chosen: [] }, 'd', null)).toEqual([]);
  });
});
