import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseProject } from '../../config/parse.ts';
import { ConfigError } from '../../errors/app-error.ts';
import { forgetStages } from './forget-stages.ts';
import { requireStages } from './require-stages.ts';
import { type StagedDataset, stagesOf } from './stages.ts';
import { withStages } from './write-stages.ts';

const project = parseProject(
  `datasets:
  churn: { path: churn.csv, target: y, models: { custom: { command: [python, train.py] }, dummy: {} } }
  houses: { path: h.csv, target: price, generator: { id: california_housing }, models: [random_forest] }
`,
  'mlops.yml',
);
const [churn, houses] = project.datasets;
const staged: StagedDataset[] = [
  {
    config: churn!,
    models: ['custom', 'dummy'],
    keys: ['datasets.churn.path'],
    tuningKeys: [],
    inputs: ['train.py'],
    tuned: [],
    windows: [],
  },
  {
    ...{
      config: houses!,
      models: ['random_forest'],
      keys: ['datasets.houses.path', 'models.random_forest'],
      tuningKeys: ['tuning'],
      inputs: [],
    },
    ...{ tuned: ['random_forest'], windows: ['h.csv', 'later.csv'] },
  },
];
const stages = stagesOf(staged, { file: 'mlops.yml', run: 'npx mlops' });

describe('stagesOf', () => {
  it('has a stage for each step, and one for each dataset', () => {
    expect([...stages.keys()]).toEqual([
      'generate_data',
      'train_churn',
      'train_houses',
      'tune_houses',
      'compare_results',
    ]);
    expect(stages.get('generate_data')).toMatchObject({
      cmd: 'npx mlops generate',
      outs: ['h.csv', 'h.csv.generated.json'],
    });
    expect(stages.get('train_churn')).toMatchObject({
      cmd: 'npx mlops train --dataset churn --force',
      params: [{ 'mlops.yml': ['datasets.churn.path'] }],
      deps: ['churn.csv', 'train.py'],
      outs: ['models/churn_dummy.model'],
      metrics: [
        { 'metrics/metrics_churn_custom.json': { cache: false } },
        { 'metrics/metrics_churn_dummy.json': { cache: false } },
      ],
    });
    expect(stages.get('tune_houses')).toMatchObject({
      cmd: 'npx mlops tune --dataset houses --model random_forest',
      params: [{ 'mlops.yml': ['datasets.houses.path', 'models.random_forest', 'tuning'] }],
      deps: ['h.csv'],
      outs: [{ '.mlops/tuning/houses_random_forest.journal': { cache: false, persist: true } }],
    });
    const { cmd, params, deps, outs } = stages.get('compare_results')!;
    expect([cmd, params]).toEqual([['npx mlops dvc --check', 'npx mlops compare'], [{ 'mlops.yml': null }]]);
    expect(deps).toEqual(expect.arrayContaining(['metrics/metrics_houses_random_forest.json', 'later.csv']));
    expect(outs!.map((each) => Object.keys(each)[0])).toEqual([
      'reports/report.json',
      'reports/report.md',
      'reports/comparison_report.html',
    ]);
  });

  it('names a project file of another name, also one with a space', () => {
    const named = stagesOf(staged, { file: "my project's.yml", run: 'mlops' });
    expect(named.get('train_houses')!.cmd).toBe(`mlops train --dataset houses --force --config 'my project'\\''s.yml'`);
  });
});

describe('withStages', () => {
  const written = withStages(undefined, 'dvc.yaml', stages);

  it('writes a file that DVC reads, and the same again', () => {
    expect(Object.keys(parse(written).stages)).toEqual([...stages.keys()]);
    expect(withStages(written, 'dvc.yaml', stages)).toBe(written);
    expect(Object.keys(parse(withStages('', 'dvc.yaml', stages)).stages)).toEqual([...stages.keys()]);
  });

  it('keeps stages, sections and comments of the user, and drops its own that are no longer needed', () => {
    const theirs = '# ours\nvars: [a.yml]\nstages:\n  own: # mine\n    cmd: echo\n';
    const both = withStages(theirs, 'dvc.yaml', stages);
    expect(both).toMatch(/# ours\nvars: \[ ?a\.yml ?\]\nstages:\n {2}own:\n {4}# mine/);
    const fewer = withStages(both, 'dvc.yaml', new Map([...stages].filter(([name]) => name !== 'train_churn')));
    expect(Object.keys(parse(fewer).stages)).toEqual([
      'own',
      'generate_data',
      'train_houses',
      'tune_houses',
      'compare_results',
    ]);
  });

  it('adds stages to a file that has none', () => {
    expect(Object.keys(parse(withStages('vars: [a.yml]\n', 'dvc.yaml', stages)))).toEqual(['vars', 'stages']);
  });

  it.each([
    [
      'a stage of the same name',
      'stages:\n  train_churn: { cmd: echo }\n',
      /stages\.train_churn: is a stage that mlops did not write/,
    ],
    ['a file that is no map', '- a\n', /stages: is not a map/],
    ['stages that are no map', 'stages: [a]\n', /stages: is not a map/],
    ['a file that is not YAML', 'stages: {\n', /dvc\.yaml: line \d+: .*nothing was changed/s],
  ])('refuses %s', (_title, text, message) => {
    const write = () => withStages(text, 'dvc.yaml', stages);
    expect(write).toThrow(ConfigError);
    expect(write).toThrow(message);
  });
});

describe('forgetStages', () => {
  const lock = (keys: readonly string[]) =>
    [
      "schema: '2.0'",
      'stages:',
      '  train_churn:',
      '    cmd: mlops train',
      '    params:',
      '      mlops.yml:',
      ...keys.map((key) => `        ${key}: 1`),
      '  compare_results: { cmd: mlops compare, params: { mlops.yml: { datasets: 1 } } }',
      '  own: { cmd: echo, params: { mlops.yml: { gone: 1 } } }',
      '',
    ].join('\n');
  const left = (text: string) => Object.keys(parse(forgetStages(text, stages)).stages);

  it('forgets a stage that ran with a key that it has no more', () => {
    expect(left(lock(['datasets.churn.path', 'datasets.churn.split']))).toEqual(['compare_results', 'own']);
  });

  it('leaves all others as they are, and what is no lock file', () => {
    const same = lock(['datasets.churn.path']);
    for (const text of [same, 'stages: {', '', "schema: '2.0'\n", 'stages:\n  train_churn: 3\n'])
      expect(forgetStages(text, stages)).toBe(text);
  });
});

describe('requireStages', () => {
  const written = withStages(undefined, 'dvc.yaml', stages);
  const withKey = stagesOf([{ ...staged[0]!, keys: ['datasets.churn.path', 'datasets.churn.split'] }, staged[1]!], {
    file: 'mlops.yml',
    run: 'npx mlops',
  });

  it('takes what was written, with stages of the user beside it, however mlops is called', () => {
    const called = stagesOf(staged, { file: 'mlops.yml', run: 'mlops' });
    for (const text of [written, `${written}  own: { cmd: echo }\n`])
      for (const each of [stages, called]) expect(() => requireStages(text, 'dvc.yaml', each)).not.toThrow();
  });

  it.each([
    ['a key that came', written, withKey, /other stages than there should be: train_churn\n/],
    ['a key that went', withStages(undefined, 'dvc.yaml', withKey), stages, /should be: train_churn\n/],
    ['a dataset that went', written, new Map([...stages].slice(0, 1)), /: train_churn, train_houses, tune_houses, /],
    ['a file without stages', 'vars: [a.yml]\n', stages, /should be: generate_data, train_churn/],
    ['no file', undefined, stages, /should be: generate_data, train_churn/],
  ])('tells of %s, and what to do', (_title, text, expected, message) => {
    const check = () => requireStages(text, 'dvc.yaml', expected);
    expect(check).toThrow(message);
    expect(check).toThrow(
      /^dvc\.yaml: does not fit the project file any more[\s\S]*next: run `mlops dvc`, then `dvc repro` again$/,
    );
  });
});

it("this repository's dvc.yaml is what its mlops.yml gives", () => {
  const root = new URL('../../../', import.meta.url);
  const own = parseProject(readFileSync(new URL('mlops.yml', root), 'utf8'), 'mlops.yml');
  const { stages: found } = parse(readFileSync(new URL('dvc.yaml', root), 'utf8'));
  expect(Object.keys(found)).toEqual([
    'generate_data',
    ...own.datasets.map(({ id }) => `train_${id}`),
    'compare_results',
  ]);
});
