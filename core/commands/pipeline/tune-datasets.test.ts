import { describe, expect, it } from 'vitest';
import { generators } from '../../datasets/index.ts';
import { writeCsv } from '../../table/csv-writer.ts';
import { runProject } from './run-project.fixture.ts';
import type { TuneWish } from './tune-datasets.ts';

const tables = { 'churn.csv': writeCsv(generators.get('customer_churn').generate({ rows: 300, seed: 3 })) };
const JOURNAL = '.mlops/tuning/churn_logistic_regression.journal';
/** Regularised so strongly that other parameters are better. */
const yml = (tuning: string, models = '{ logistic_regression: { C: 0.00001 } }') =>
  `datasets:\n  churn: { path: churn.csv, target: Churn, metrics: [log_loss], models: ${models} }\ntuning: { trials: 6, ${tuning} }\n`;
const ON = yml('pipeline: true');

describe('tuning as a step of the pipeline', () => {
  it.each<[string, string, TuneWish, number]>([
    ['is no step where nothing asks for it', yml('sampler: tpe'), null, 0],
    ['is one where the project file says so', ON, null, 1],
    ['is left out where that is asked for', ON, 'never', 0],
    ['is one where that is asked for', yml('sampler: tpe'), 'always', 1],
    ['leaves out models without parameters to search', yml('pipeline: true', '[dummy]'), null, 0],
  ])('%s', async (_, text, tune, studies) => {
    const { report } = await runProject({ yml: text, tables, tune });
    expect(report.studies ?? []).toHaveLength(studies);
  });

  it('tells better parameters, and judges and writes those of the project file', async () => {
    const { report, runs, charts, ports } = await runProject({ yml: ON, tables });
    expect(report.studies).toMatchObject([{ judgement: { isBetter: true }, written: null, counts: { trials: 6 } }]);
    expect(charts.datasets[0]!.studies![0]!.trials).toHaveLength(6);
    expect(runs.map(({ params, study }) => [params.C, study])).toEqual([[0.00001, undefined]]);
    const { report: without } = await runProject({ yml: ON, tables, tune: 'never' });
    expect(report.verdict).toEqual(without.verdict);
    expect(await ports.files.exists('mlops.yml')).toBe(false);
  });

  it('goes on with a study, and trains nothing for one that is complete', async () => {
    const { report, ports } = await runProject({
      yml: yml('pipeline: true').replace('trials: 6', 'trials: 3'),
      tables,
    });
    const more = await runProject({ yml: ON, ports });
    expect(more.report.studies![0]!.counts.trials).toBe(6);
    const journal = await ports.files.read(JOURNAL);
    const { runs } = await ports.runs.list();
    const again = await runProject({ yml: ON, ports });
    expect(again.report.studies).toEqual(more.report.studies);
    expect(await ports.files.read(JOURNAL)).toEqual(journal);
    expect((await ports.runs.list()).runs.filter(({ study }) => study)).toEqual(runs.filter(({ study }) => study));
    expect(report.studies![0]!.counts.trials).toBe(3);
  });

  it('searches what the base commit says', async () => {
    const space = (high: number) =>
      yml(`pipeline: true, spaces: { logistic_regression: { C: { type: float, low: 0.5, high: ${high} } } }`);
    const { ports, report } = await runProject({ yml: space(99), base: space(1), tables });
    const text = new TextDecoder().decode(await ports.files.read(JOURNAL));
    expect([text.includes('"high":1,'), text.includes('"high":99')]).toEqual([true, false]);
    expect(report.judgeChanges.map(({ key }) => key)).toEqual(['tuning.spaces.logistic_regression']);
  });

  it('warns of a study that cannot go on, and judges all the same', async () => {
    const { ports } = await runProject({ yml: ON, tables });
    const other = ON.replace('C: 0.00001', 'C: 0.00002');
    const { report } = await runProject({ yml: other, ports });
    expect(report.studies).toBeUndefined();
    expect(report.warnings).toContainEqual(
      expect.stringMatching(
        /^churn logistic_regression is not tuned: `\.mlops\/tuning\/churn_logistic_regression\.journal:3`: the study was begun with another set of current parameters; move the file away/,
      ),
    );
    expect(report.verdict?.outcome).toBe('first_run');
  });
});
