import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { camelCase, readKey } from './config-key.ts';
import { datasetKeys } from './dataset-keys.ts';
import { effectiveConfig } from './effective.ts';
import { judgeByBase } from './judge-keys.ts';
import {
  datasetSamples,
  FILE,
  type KeySample,
  projectSamples,
  sampleProject,
  sampleText,
} from './key-samples.fixture.ts';
import { originsOf } from './origins.ts';
import { parseProject } from './parse.ts';
import { plannedModels } from './planned-models.ts';
import { projectKeys } from './project-keys.ts';
import { datasetSchema, projectSchema } from './schema.ts';

const ofDataset = (sample: KeySample): [string, string] => [sampleText(sample.before), sampleText(sample.after)];
const ofProject = (sample: KeySample): [string, string] => [
  sampleText({}, sample.before),
  sampleText({}, sample.after),
];
const datasetTexts = Object.entries(datasetSamples).map(([key, sample]) => ({ key, texts: ofDataset(sample) }));
const projectTexts = Object.entries(projectSamples).map(([key, sample]) => ({ key, texts: ofProject(sample) }));
const allTexts = [...datasetTexts, ...projectTexts];

describe('the tables of keys', () => {
  it('have the keys of the schema, each once', () => {
    const schemaKeys = Object.keys(projectSchema.shape).filter((key) => key !== 'datasets');
    expect(datasetKeys.map(({ key }) => key).sort()).toEqual(Object.keys(datasetSchema.shape).sort());
    expect(projectKeys.map(({ key }) => key).sort()).toEqual(schemaKeys.sort());
  });
  it('name nothing twice in memory', () => {
    const names = [...datasetKeys.map(({ key }) => key), 'id'].map(camelCase);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe.each(allTexts)('$key', ({ texts }) => {
  it.each(texts)('gives a project that is plain data: %#', (text) => {
    const project = parseProject(text, FILE);
    expect(JSON.parse(JSON.stringify(project))).toStrictEqual(project);
  });
  it.each(texts)('is printed by `mlops config` such that the text means the same: %#', (text) => {
    const project = parseProject(text, FILE);
    const printed = effectiveConfig(project, originsOf(text, FILE));
    expect(parseProject(JSON.stringify(withoutNulls(parse(printed))), FILE)).toStrictEqual(project);
  });
  it('makes two values two projects', () => {
    const [before, after] = texts.map((text) => parseProject(text, FILE));
    expect(after).not.toEqual(before);
  });
});

describe.each(datasetKeys)('in a pull request, $key', ({ key, isJudgeKey }) => {
  const { before, after } = datasetSamples[key as keyof typeof datasetSamples];
  const [base, head] = [sampleProject(before), sampleProject(after)];
  const { project, changes } = judgeByBase(head, base);
  const of = (one: typeof head) => readKey(one.datasets[0]!, key);

  it(isJudgeKey ? 'is reported as a changed rule' : 'is no rule', () => {
    expect(changes.length > 0).toBe(isJudgeKey);
    for (const change of changes) expect(`${change.key}.`).toContain(`datasets.d.${key}.`);
  });
  if (key === 'models')
    it('keeps the models of the base, with the parameters of the change', () => {
      const planned = plannedModels({ project, base, chosen: [] }, 'd', 'regression');
      expect(planned.filter(({ isExpected }) => isExpected)).toMatchObject([
        { id: 'random_forest', params: { n_estimators: 6 } },
      ]);
      expect(of(project)).toEqual(of(head));
    });
  else
    it(isJudgeKey ? 'is ignored until it is merged' : 'holds at once', () => {
      expect(of(project)).toEqual(of(isJudgeKey ? base : head));
      expect(of(project)).not.toEqual(of(isJudgeKey ? head : base));
    });
});

describe.each(projectKeys.filter(({ key }) => key !== 'version'))('in a pull request, $key', ({ key, ...rest }) => {
  const { before, after } = projectSamples[key as keyof typeof projectSamples];
  const [base, head] = [sampleProject({}, before), sampleProject({}, after)];
  const { project, changes } = judgeByBase(head, base);

  it(rest.isJudgeKey ? 'is reported as a changed rule' : 'is no rule', () => {
    expect(changes.length > 0).toBe(rest.isJudgeKey);
    for (const change of changes) expect(`${change.key}.`.startsWith(`${key}.`)).toBe(true);
  });
  it(rest.isJudgeKey ? 'is ignored until it is merged' : 'holds at once', () => {
    const rules = (one: typeof head) => (rest.rules ?? ((value) => value))(readKey(one, key));
    expect(rules(project)).toEqual(rules(rest.isJudgeKey ? base : head));
    expect(rules(project)).not.toEqual(rules(rest.isJudgeKey ? head : base));
  });
});

it('a change decides where its own evidence goes', () => {
  const [base, head] = [{ evidence: 'branch' }, { evidence: 'off' }].map((tracking) => sampleProject({}, { tracking }));
  expect(judgeByBase(head!, base!)).toMatchObject({ project: { tracking: { evidence: 'off' } }, changes: [] });
});

function withoutNulls(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, each]) => (each === null ? [] : [[key, withoutNulls(each)]])),
  );
}
