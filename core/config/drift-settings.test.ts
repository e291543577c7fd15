import { describe, expect, it } from 'vitest';
import { DEFAULT_RULES } from '../drift/drift-rules.ts';
import { ConfigError } from '../errors/app-error.ts';
import { driftSettings } from './drift-settings.ts';
import { judgeByBase } from './judge-keys.ts';
import { FILE, sampleProject, sampleText } from './key-samples.fixture.ts';
import { parseProject } from './parse.ts';

const settings = (dataset: object, project: object = {}) => {
  const found = sampleProject(dataset, project);
  return driftSettings(found.datasets[0]!, found);
};
const problemsOf = (text: string) => {
  try {
    parseProject(text, FILE);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
};

describe('driftSettings', () => {
  it('without any key compares the table with nothing and judges nothing', () =>
    expect(settings({})).toEqual({ reference: 'd.csv', current: null, rules: DEFAULT_RULES, gate: null }));
  it('takes the second window of a generator, unless another table is named', () => {
    const generator = { id: 'california_housing', current: 'later.csv' };
    expect(settings({ generator }).current).toBe('later.csv');
    expect(settings({ generator, drift: { current: 'june.csv' } }).current).toBe('june.csv');
  });
  it('lays the keys of the dataset over those of the project', () =>
    expect(
      settings(
        { drift: { max_share: 0.1, thresholds: { wasserstein: 0.2 } } },
        { drift: { max_share: 0.5, fail: false, numeric: 'psi', thresholds: { psi: 0.25 }, reference: 'may.csv' } },
      ),
    ).toEqual({
      reference: 'may.csv',
      current: null,
      rules: {
        maxShare: 0.1,
        numeric: 'psi',
        categorical: 'jensenshannon',
        thresholds: { psi: 0.25, wasserstein: 0.2 },
      },
      gate: { maxShare: 0.1, fail: false },
    }));
});

it('one table of the project is not that of two datasets', () => {
  const text = `datasets:
  a: { path: a.csv, target: y }
  b: { path: b.csv, target: y, drift: { current: d.csv } }
drift: { current: c.csv }
`;
  const project = parseProject(text, FILE);
  const [a, b] = project.datasets;
  expect(() => driftSettings(a!, project)).toThrow('drift.current: is one table, but there are 2 datasets');
  expect(driftSettings(b!, project).current).toBe('d.csv');
});

describe('drift in mlops.yml', () => {
  it.each([
    [{ max_share: 1.5 }, 'max_share'],
    [{ numeric: 'chisquare' }, 'numeric'],
    [{ categorical: 'ks' }, 'categorical'],
    [{ thresholds: { wasserstein: 0 } }, 'thresholds.wasserstein'],
    [{ thresholds: { wassertein: 0.1 } }, 'thresholds'],
    [{ maxshare: 0.3 }, 'maxshare'],
  ])('%j is wrong at %s', (drift, place) => {
    const [problem] = problemsOf(sampleText({ drift }));
    expect(problem?.place).toContain(`datasets.d.drift.${place}`);
  });
  it('is decided by the base, but for the newest table', () => {
    const base = sampleProject({ drift: { max_share: 0.2, current: 'may.csv' } });
    const head = sampleProject({ drift: { max_share: 0.9, current: 'june.csv', thresholds: { ks: 0.5 } } });
    const { project, changes } = judgeByBase(head, base);
    expect(project.datasets[0]?.drift).toEqual({ max_share: 0.2, current: 'june.csv' });
    expect(changes.map(({ key }) => key).sort()).toEqual(['datasets.d.drift.max_share', 'datasets.d.drift.thresholds']);
    expect(judgeByBase(head, sampleProject({})).project.datasets[0]?.drift).toEqual({ current: 'june.csv' });
  });
});
