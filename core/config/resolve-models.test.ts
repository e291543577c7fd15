import { describe, expect, it } from 'vitest';
import { ConfigError } from '../errors/app-error.ts';
import { parseOverride } from './overrides.ts';
import { parseProject } from './parse.ts';

const file = (own: string, project = '') =>
  `datasets:\n  churn:\n    path: x.csv\n    target: y\n    models: ${own}\n${project === '' ? '' : `models:\n  custom: ${project}\n`}`;
const customOf = (text: string, ...set: string[]) =>
  parseProject(text, 'mlops.yml', set.map(parseOverride)).datasets[0]!.models.find(({ id }) => id === 'custom')?.params;
const problems = (text: string) => {
  try {
    parseProject(text, 'mlops.yml');
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  throw new Error('nothing was thrown');
};

describe('custom in mlops.yml', () => {
  it('has its defaults filled in, and numbers as arguments', () => {
    expect(customOf(file('{ custom: { command: [./train, --depth, 5] } }'))).toEqual({
      command: ['./train', '--depth', '5'],
      inputs: [],
      params: {},
      timeout: 600,
      repeats: 2,
      protocol: 'folds',
    });
  });
  it('lays settings of a dataset over those of the project, parameters one by one', () => {
    const text = file(
      '{ custom: { params: { depth: 9 }, repeats: 1 } }',
      '{ command: [a, "{depth}{rate}"], params: { depth: 5, rate: 0.1 } }',
    );
    expect(customOf(text)).toMatchObject({
      command: ['a', '{depth}{rate}'],
      params: { depth: 9, rate: 0.1 },
      repeats: 1,
    });
  });
  it('may be listed by name when the project says how, and be set from outside', () => {
    const text = file('[custom]', '{ command: [a, "{depth}"], params: { depth: 5 } }');
    expect(customOf(text)).toMatchObject({ params: { depth: 5 } });
    expect(customOf(text, 'models.custom.params.depth=7')).toMatchObject({ params: { depth: 7 } });
  });
  it('may be the model that gates judge', () => {
    const text = file('{ custom: { command: [a] } }').replace(
      'models',
      'gates: { model: custom, f1: { min: 0 } }\n    models',
    );
    expect(parseProject(text, 'mlops.yml').datasets[0]!.gates.model).toBe('custom');
  });

  it.each<[string, string, object]>([
    [
      'no command',
      file('[custom]'),
      { place: 'models.custom.command', message: 'is missing', next: expect.stringContaining('[python, train.py]') },
    ],
    [
      'no command of a dataset',
      file('{ custom: { repeats: 1 } }'),
      { file: 'mlops.yml:5', place: 'datasets.churn.models.custom.command' },
    ],
    ['an empty command', file('{ custom: { command: [] } }'), { message: 'is empty', allowed: 'at least 1 item' }],
    [
      'a command in one piece',
      file('{ custom: { command: python train.py } }'),
      { message: 'has the wrong type', allowed: 'a list' },
    ],
    [
      'an unknown placeholder',
      file('{ custom: { command: [a, "--depth={max_dpth}"], params: { max_depth: 5 } } }'),
      {
        file: 'mlops.yml:5',
        place: 'datasets.churn.models.custom.command.1',
        message: 'unknown placeholder {max_dpth}',
        allowed: expect.stringMatching(/^\{max_depth\}, \{train\}, \{test\}/),
        next: expect.stringContaining('did you mean {max_depth}?'),
      },
    ],
    [
      'a placeholder that nothing resembles',
      file('{ custom: { command: [a, "{lambda_l2}"] } }'),
      { next: expect.stringContaining('add "lambda_l2" to "params"') },
    ],
    [
      'an unknown placeholder of the project',
      file('[custom]', '{ command: [a, "{b_b_b}"] }'),
      { file: 'mlops.yml:7', place: 'models.custom.command.1' },
    ],
    [
      'a brace that stands alone',
      file('{ custom: { command: [awk, "{ print $1 }"] } }'),
      { message: 'has braces without a name in them', next: expect.stringContaining('{{ and }}') },
    ],
    [
      'an opening brace',
      file('{ custom: { command: [a, "x {"] } }'),
      { message: 'has braces without a name in them', next: 'write {{ and }} for { and }' },
    ],
    [
      'a parameter with a name of ours',
      file('{ custom: { command: [a], params: { seed: 1 } } }'),
      { place: 'datasets.churn.models.custom.params.seed', message: '"seed" is a reserved name' },
    ],
    [
      'a parameter that is a list',
      file('{ custom: { command: [a], params: { x: [1] } } }'),
      { place: 'datasets.churn.models.custom.params.x' },
    ],
    [
      'a parameter without a value',
      file('{ custom: { command: [a], params: { x: null } } }'),
      { place: 'datasets.churn.models.custom.params.x' },
    ],
    [
      'a parameter whose name is none',
      file('{ custom: { command: [a], params: { max-depth: 1 } } }'),
      { message: 'is not a valid name', allowed: expect.stringContaining('letters, digits') },
    ],
    ['a time of nothing', file('{ custom: { command: [a], timeout: 0 } }'), { message: 'is too small' }],
    ['no repeat', file('{ custom: { command: [a], repeats: 0 } }'), { message: 'is too small' }],
    [
      'an unknown protocol',
      file('{ custom: { command: [a], protocol: metric } }'),
      { next: 'did you mean "metrics"?' },
    ],
    ['an unknown setting', file('{ custom: { command: [a], timout: 5 } }'), { next: 'did you mean "timeout"?' }],
  ])('is refused for %s', (_, text, problem) => {
    expect(problems(text)[0]).toMatchObject(problem);
  });
  it('is refused once, however many datasets share it', () => {
    const two = `${file('[custom]', '{ command: [a, "{nope_nope}"] }')}`.replace(
      '  churn:',
      '  one: { path: x, target: y, models: [custom] }\n  churn:',
    );
    expect(problems(two)).toHaveLength(1);
  });
});

describe('models where none are listed', () => {
  const unlisted = (project: string) => `datasets: { a: { path: x.csv, target: y } }\n${project}`;
  const defaults = (project: string) =>
    parseProject(unlisted(project), 'mlops.yml').datasets[0]!.models.map(({ id }) => id);
  it('are those of the library, and the command when there is one', () => {
    expect(defaults('')).toContain('random_forest');
    expect(defaults('')).not.toContain('custom');
    expect(defaults('models: { custom: { command: [a] } }')).toContain('custom');
    expect(defaults('models: { custom: { repeats: 1 } }')).not.toContain('custom');
  });
  it('must hold the one that gates judge', () => {
    expect(
      problems('datasets: { a: { path: x.csv, target: y, gates: { model: custom, f1: { min: 0 } } } }\n')[0],
    ).toMatchObject({
      message: 'the gates judge "custom", but this model is not trained',
    });
  });
});
