import { describe, expect, it } from 'vitest';
import { parseProject } from '../../config/parse.ts';
import { trainable } from '../../config/planned-models.ts';
import { generators } from '../../datasets/index.ts';
import { writeCsv } from '../../table/csv-writer.ts';
import { spaceFor, tuningFor } from '../../tuning/tuning.ts';
import { loadDataset } from '../pipeline/load-dataset.ts';
import { storedRuns } from '../pipeline/stored-runs.ts';
import { someWorld } from '../ports.fixture.ts';
import type { Ports } from '../ports.ts';
import { openStudyOf, tuneModel } from './tune-model.ts';

const CHURN = writeCsv(generators.get('customer_churn').generate({ rows: 500, seed: 3 }));
const PATH = '.mlops/tuning/churn_random_forest.journal';

const SPACE = 'n_estimators: { type: int, low: 12, high: 40 }, max_depth: { type: int, low: 1, high: 8 }';
const FOREST = `models: { random_forest: { n_estimators: 12, max_depth: 1 } }, tuning: { trials: 16, spaces: { random_forest: { ${SPACE} } } }`;

const world = () => someWorld({ files: { 'churn.csv': CHURN }, sha: '1' });

function planOf(settings: string, metric = 'roc_auc') {
  const text = `datasets:\n  churn: { path: churn.csv, target: Churn, metrics: [${metric}], ${settings} }\n`;
  return { project: parseProject(text, 'mlops.yml'), base: null, chosen: [] };
}

async function opened(ports: Ports, settings: string, metric?: string) {
  const plan = planOf(settings, metric);
  const { project } = plan;
  const [config] = project.datasets;
  const dataset = await loadDataset(config!, plan, ports);
  const tuning = tuningFor(project.tuning, config!.tuning);
  const [model] = trainable(dataset.models);
  return openStudyOf(dataset, model!, { tuning, space: spaceFor(tuning, model!.id) }, ports);
}

const tuned = async (ports: Ports, settings: string, metric?: string) =>
  tuneModel(await opened(ports, settings, metric), ports);

describe('tuneModel', () => {
  it('prunes some trials of a forest, and finds parameters that the inner folds like better', async () => {
    const ports = await world();
    const { result, better, warnings } = await tuned(ports, FOREST);
    const states = result.trials.map(({ state }) => state);
    expect(states).toHaveLength(16);
    expect(states.filter((state) => state === 'pruned').length).toBeGreaterThan(0);
    expect(result.trials[0]).toMatchObject({ isCurrent: true, params: { n_estimators: 12, max_depth: 1 } });
    expect(result.trials[result.best!]!.value!).toBeGreaterThan(result.trials[0]!.value! + 0.01);
    expect(better === null).toBe(!result.judgement!.isBetter);
    expect(warnings).toEqual([expect.stringContaining('rows of class "Yes", so only a large gain can be shown')]);
  });

  it('proves that much better parameters are better', async () => {
    const { result, better } = await tuned(
      await world(),
      'models: { logistic_regression: { C: 0.00001 } }, tuning: { trials: 8 }',
      'log_loss',
    );
    expect(result.judgement).toMatchObject({ isBetter: true });
    expect(better).toEqual(result.trials[result.best!]!.params);
  });

  it('is the same to the last bit, at once or in two goes', async () => {
    const [whole, parts] = [await world(), await world()];
    const { result } = await tuned(whole, FOREST);
    await tuned(parts, FOREST.replace('trials: 16', 'trials: 7'));
    const again = await tuned(parts, FOREST);
    expect({ ...again.result, run: null }).toEqual({ ...result, run: null });
  });

  it('records the best trial once, as a run of the study that is nothing to compare with', async () => {
    const ports = await world();
    const { result } = await tuned(ports, FOREST);
    expect((await tuned(ports, FOREST)).result.run).toBe(result.run);
    const { runs } = await ports.runs.list();
    expect(runs).toMatchObject([
      {
        id: result.run,
        study: { name: 'churn random_forest', trial: result.best, trials: 16 },
        measuredOn: 'test',
        git: { dirty: true },
      },
    ]);
    const { dataset } = await opened(ports, FOREST);
    const dirty = { ...ports, git: { ...ports.git, dirty: true } };
    await expect(storedRuns(dataset.config, planOf(FOREST), dirty)).rejects.toThrow('there is no run of churn');
  });

  it('never sees fold 0 while it searches', async () => {
    const ports = await world();
    const { result } = await tuned(ports, FOREST);
    const open = await opened(ports, FOREST);
    const { target, folds } = open.evaluationSet;
    // The same rows, with the classes of fold 0 turned round: every trial comes to the same.
    const values = target.values.map((value, row) => (folds[row] === 0 ? 1 - value : value));
    const other = await world();
    const fresh = await opened(other, FOREST);
    const turned = { ...fresh, evaluationSet: { ...fresh.evaluationSet, target: { ...target, values } } };
    expect((await tuneModel(turned, other)).result.trials).toEqual(result.trials);
  });

  it('says that nothing is better than the best parameters', async () => {
    const ports = await world();
    const { result, better } = await tuned(
      ports,
      'models: { logistic_regression: { C: 0.02 } }, tuning: { trials: 3, spaces: { logistic_regression: { C: { type: float, low: 50, high: 100 } } } }',
    );
    expect(result).toMatchObject({ best: 0, judgement: null, run: null });
    expect(better).toBe(null);
  });

  it('keeps what has ended when it is interrupted, and goes on later as if nothing had been', async () => {
    const [whole, ports] = [await world(), await world()];
    let asked = 0;
    const interrupted = {
      ...ports,
      interruption: () => ({
        get aborted() {
          return ++asked > 8;
        },
      }),
    };
    const first = await tuned(interrupted, FOREST);
    expect(first.result).toMatchObject({ ended: 'interrupted', judgement: null, run: null });
    expect(first.result.trials.length).toBeGreaterThan(1);
    expect(first.result.trials.length).toBeLessThan(16);
    const { trials } = (await tuned(whole, FOREST)).result;
    const unnumbered = (all: typeof trials) => all.map(({ number, ...trial }) => trial);
    expect(unnumbered((await tuned(ports, FOREST)).result.trials)).toEqual(unnumbered(trials));
  });

  it('ends when time is over, and judges what there is', async () => {
    const { result } = await tuned(await world(), FOREST.replace('trials: 16', 'trials: 16, timeout: 25'));
    expect(result.ended).toBe('timeout');
    expect(result.trials.length).toBeLessThan(16);
  });

  it('does not search by a metric without a standard error', async () => {
    const table = writeCsv(generators.get('california_housing').generate({ rows: 60, seed: 1 })).replace(
      'MedHouseVal',
      'Churn',
    );
    const ports = await someWorld({ files: { 'churn.csv': table }, sha: '1' });
    const open = opened(ports, 'models: [linear_regression]', 'max_error');
    await expect(open).rejects.toThrow('max_error has no standard error');
  });

  it.each([
    ['another space', FOREST.replace('high: 8', 'high: 9'), 'the study was begun with another search space'],
    ['other current parameters', FOREST.replace('max_depth: 1 }', 'max_depth: 2 }'), 'set of current parameters'],
  ])('refuses the journal of a study with %s, and leaves it as it is', async (_, settings, message) => {
    const ports = await world();
    await tuned(ports, FOREST.replace('trials: 16', 'trials: 2'));
    const before = await ports.files.read(PATH);
    await expect(opened(ports, settings)).rejects.toThrow(message);
    expect(await ports.files.read(PATH)).toEqual(before);
  });

  it('says why the current parameters give no value', async () => {
    const constraint = 'models: { gradient_boosting: { n_estimators: 5, monotonic_cst: { nobody: 1 } } }';
    const failing = tuned(await world(), constraint);
    await expect(failing).rejects.toThrow('the current parameters of gradient_boosting give no value of roc_auc');
    await expect(failing).rejects.toThrow('name a feature of the table');
  });
});
