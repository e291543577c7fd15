import { describe, expect, it } from 'vitest';
import { generators } from '../../datasets/index.ts';
import { DataError } from '../../errors/app-error.ts';
import { headline } from '../../report/headline.ts';
import { renderMarkdown, SUMMARY_BYTES } from '../../report/markdown.ts';
import { formatReport } from '../../report/report-file.ts';
import { toTerminal } from '../../report/to-terminal.ts';
import { writeCsv } from '../../table/csv-writer.ts';
import { runCodec } from '../../tracking/run-codec.ts';
import { defaultModels } from '../../trainers/index.ts';
import type { PipelineResult } from './run-pipeline.ts';
import { runProject } from './run-project.fixture.ts';

const TABLE = writeCsv(generators.get('california_housing').generate({ rows: 200, seed: 3 }));
const PROJECT = `datasets:
  housing:
    path: housing.csv
    target: MedHouseVal
    metrics: [r2, mae]
    models: { random_forest: { n_estimators: 5 }, linear_regression: {} }
    gates: { model: random_forest, r2: { max_drop: 0.02 } }
`;

/** The project with `TABLE` on a commit without history. */
const onTable = (yml: string, sha = '1') => runProject({ yml, tables: { 'housing.csv': TABLE }, sha });

let recorded: ReturnType<typeof onTable> | undefined;
/** The default branch with `TABLE` trained on it by `PROJECT`: once for all that only read it. */
function onMain() {
  recorded ??= onTable(PROJECT);
  return recorded;
}

/** A candidate's result after a baseline was trained on `TABLE` by `PROJECT`. */
async function change(
  options: { table?: string; head?: string; base?: string | null } & Partial<
    Pick<Parameters<typeof runProject>[0], 'models' | 'place' | 'unchanged'>
  > = {},
): Promise<{ before: PipelineResult; after: PipelineResult }> {
  const { table = TABLE, head: yml = PROJECT, base = PROJECT, ...rest } = options;
  const before = await onMain();
  const tables = { 'housing.csv': table };
  return { before, after: await runProject({ yml, tables, sha: '2', earlier: [before.ports], base, ...rest }) };
}

const hashes = ({ runs }: PipelineResult) => runs.map((each) => each.modelSha256);
const lines = TABLE.trimEnd().split('\n');

const TARGET = lines[0]!.split(',').indexOf('MedHouseVal');
const relabelled = lines[1]!
  .split(',')
  .map((field, i) => (i === TARGET ? '0.123' : field))
  .join(',');

describe('runPipeline', () => {
  it('finds no difference where there is none', async () => {
    const { before, after } = await change();
    expect(before.report.verdict).toMatchObject({ outcome: 'first_run', gates: [{ reason: 'first_run' }] });
    expect(after.report.verdict).toMatchObject({
      outcome: 'pass',
      gates: [{ reason: 'within_limit', compared: { drop: 0, pairing: 'key' } }],
    });
    expect(hashes(after)).toEqual(hashes(before));
  });

  it('trains the same models whatever the order of the rows', async () => {
    const { before, after } = await change({ table: `${[lines[0], ...lines.slice(1).reverse()].join('\n')}\n` });
    expect(hashes(after)).toEqual(hashes(before));
    expect(after.report.verdict!.evaluationSets).toEqual([
      expect.objectContaining({ shared: 200, gone: 0, relabelled: 0, added: 0 }),
    ]);
  });

  it.each([
    ['an infinite value', [...lines.slice(0, 50), lines[50]!.replace(/^[^,]*/, 'inf')], 'infinite value'],
    ['fewer rows than folds', lines.slice(0, 5), 'too few for 5 folds'],
  ])('refuses a table with %s before a model learns from it', async (_title, table, message) => {
    const refused = runProject({ yml: PROJECT, tables: { 'housing.csv': `${table.join('\n')}\n` } });
    await expect(refused).rejects.toThrow(DataError);
    await expect(refused).rejects.toThrow(message);
  });

  it('computes the same metrics as ever where none are listed, and what gates ask for', async () => {
    const project = PROJECT.replace('    metrics: [r2, mae]\n', '').replace(
      'r2: { max_drop: 0.02 }',
      'median_ae: { max: 9 }',
    );
    const { runs, report } = await onTable(project);
    expect(Object.keys(runs[0]!.metrics)).toEqual(['r2', 'rmse', 'mae', 'median_ae']);
    expect(report.verdict).toMatchObject({
      outcome: 'first_run',
      gates: [{ metric: 'median_ae', reason: 'above_floor' }],
    });
  });

  it('trains what suits the task where no models are listed, but nothing that has to be asked for', async () => {
    const project = PROJECT.replace(/ {4}(models|gates): .*\n/g, '').replace('[r2, mae]', '[r2]');
    const { runs } = await onTable(project);
    const trained = runs.map(({ model }) => model);
    expect(trained).toEqual(defaultModels('regression'));
    expect(trained).toContain('random_forest');
    expect(trained.filter((id) => id.startsWith('mljs'))).toEqual([]);
    const asked = project.replace('[r2]', '[r2]\n    models: [mljs_decision_tree]');
    const after = await onTable(asked, '2');
    expect(after.runs.map(({ model }) => model)).toEqual(['mljs_decision_tree']);
  });

  it('recognises every row when a column is added', async () => {
    const { after } = await change({
      table: `${lines.map((line, i) => `${line},${i === 0 ? 'extra' : (i * 37) % 11}`).join('\n')}\n`,
    });
    expect(after.report.verdict!.evaluationSets).toEqual([
      expect.objectContaining({ pairing: 'key', shared: 200, outcome: 'pass' }),
    ]);
  });

  const renamed = TABLE.replace('MedInc', 'median_income');
  it('evaluates a change that renamed a column in the folds of its baseline: the same predictions have no drop', async () => {
    const { before, after } = await change({ table: renamed });
    expect(after.report.verdict!.evaluationSets).toEqual([expect.objectContaining({ pairing: 'key', shared: 200 })]);
    const folds = ({ runs }: PipelineResult) =>
      runs.find(({ model }) => model === 'linear_regression')!.metrics.r2!.folds.map((value) => value!.toFixed(6));
    expect(folds(after)).toEqual(folds(before));
  });
  it('lets the default branch make folds of its own then, which the next change finds by key', async () => {
    const folder = { yml: PROJECT, tables: { 'housing.csv': renamed } };
    const { ports } = await onMain();
    const rowSets = ({ runs }: PipelineResult) => runs.map(({ data }) => data.rowSet);
    const own = rowSets(
      await runProject({ ...folder, sha: '2', earlier: [ports], base: PROJECT, place: 'tracked_branch' }),
    );
    expect(own).toEqual(rowSets(await runProject({ ...folder, sha: '9' })));
    expect(own).not.toEqual(rowSets((await change({ table: renamed })).after));
  });

  it('pairs by position when a column that made the key is gone', async () => {
    const { after } = await change({
      table: `${lines.map((line) => line.split(',').slice(1).join(',')).join('\n')}\n`,
    });
    expect(after.report.verdict!.evaluationSets).toEqual([
      expect.objectContaining({ pairing: 'position', shared: 200 }),
    ]);
  });

  it("judges by the base's gates, whatever the change makes of them", async () => {
    const head = PROJECT.replace('max_drop: 0.02', 'max_drop: 0.9').replace(
      'n_estimators: 5',
      'n_estimators: 1, max_depth: 1',
    );
    const { after } = await change({ head });
    expect(after.report.verdict).toMatchObject({
      outcome: 'fail',
      gates: [{ allowed: 0.02, reason: 'drop_past_limit' }],
    });
    expect(after.report.judgeChanges).toEqual([expect.objectContaining({ key: 'datasets.housing.gates.r2' })]);
  });

  it.each<[string, Parameters<typeof change>[0], object[]]>([
    [
      'rows that are new',
      { table: `${TABLE}${lines[1]!.replace(/^[^,]*/, '0.123')}\n` },
      [{ note: 'rows_added', rows: 1 }],
    ],
    ['rows that are gone', { table: `${lines.slice(0, -1).join('\n')}\n` }, [{ note: 'rows_gone', rows: 1 }]],
    [
      'rows with another target',
      { table: TABLE.replace(lines[1]!, relabelled) },
      [{ note: 'rows_relabelled', rows: 1 }],
    ],
    [
      'a column that is new',
      { table: `${lines.map((line, i) => `${line},${i === 0 ? 'extra' : i % 7}`).join('\n')}\n` },
      [{ note: 'columns_added', columns: ['extra'], by: 'key' }],
    ],
    [
      'a column that is gone',
      { table: `${lines.map((line) => line.split(',').slice(1).join(',')).join('\n')}\n` },
      [{ note: 'columns_gone', columns: ['MedInc'], by: 'position' }],
    ],
    [
      'a model that is new',
      { head: PROJECT.replace('linear_regression: {}', 'linear_regression: {}, dummy: {}') },
      [{ note: 'models_new', models: ['dummy'] }],
    ],
  ])('says of a change: %s', async (_, options, notes) => {
    expect((await change(options)).after.report.datasets[0]!.notes).toEqual(notes);
  });

  /** What the default branch says once its file became this. */
  const next = async (project: string) => (await change({ head: project, base: null, place: 'tracked_branch' })).after;

  it("judges a metric that was added by what the baseline's predictions give for it", async () => {
    const { report } = await next(
      PROJECT.replace('[r2, mae]', '[rmse, r2, mae]').replace(
        'max_drop: 0.02 }',
        'max_drop: 0.02 }, rmse: { max_drop: 0 }',
      ),
    );
    expect(report.verdict).toMatchObject({
      outcome: 'pass',
      gates: [
        { metric: 'r2', reason: 'within_limit', compared: { pairing: 'key' } },
        { metric: 'rmse', reason: 'within_limit', compared: { pairing: 'key', drop: 0 } },
      ],
    });
    expect(report.datasets[0]!.notes).toEqual([{ note: 'metrics_new', metrics: ['rmse'], recomputed: true }]);
  });

  it('takes a model under another name for a new one', async () => {
    const { report } = await next(
      PROJECT.replace('random_forest: { n_estimators: 5 }', 'dummy: {}').replace(
        'model: random_forest',
        'model: dummy',
      ),
    );
    expect(report.verdict).toMatchObject({
      outcome: 'not_comparable',
      gates: [{ model: 'dummy', reason: 'new_model' }],
    });
    expect(report.datasets[0]!.notes).toEqual([{ note: 'models_renamed', gone: ['random_forest'], added: ['dummy'] }]);
  });

  it('compares nothing once the target is another one', async () => {
    const { report } = await next(PROJECT.replace('target: MedHouseVal', 'target: AveRooms'));
    expect(report.datasets[0]!.baseline).toEqual({
      kind: 'none',
      why: { reason: 'target_changed', before: 'MedHouseVal', after: 'AveRooms' },
    });
    expect(report.verdict).toMatchObject({ outcome: 'not_comparable', gates: [{ reason: 'no_baseline' }] });
  });

  it('does not train a dataset of which no input changed, and says so', async () => {
    const unchanged = [{ dataset: 'housing', base: '1'.repeat(40), inputs: ['housing.csv'] }];
    const { after } = await change({ unchanged });
    expect(after.runs).toEqual([]);
    expect(after.report).toMatchObject({ datasets: [], verdict: { outcome: 'pass', gates: [], unchanged } });
  });

  it('says nothing of models that it was told to leave alone', async () => {
    const { report } = (await change({ base: null, models: ['random_forest'] })).after;
    expect(report.datasets[0]!.models).toHaveLength(1);
    expect(report.datasets[0]!.notes).toEqual([]);
  });

  it('trains a model that the change dropped, since it is expected', async () => {
    const { after } = await change({ head: PROJECT.replace(', linear_regression: {}', '') });
    expect(after.runs.map(({ model }) => model)).toEqual(['random_forest', 'linear_regression']);
    expect(after.report.verdict!.missing).toEqual([]);
  });

  describe('a model that gates judge and the change drops', () => {
    const unnamed = PROJECT.replace('model: random_forest, ', '');
    const swapped = unnamed.replace(/models: .*/, 'models: { dummy: {} }');
    it('is compared with the one that takes its place', async () => {
      const { after } = await change({ head: swapped, base: unnamed });
      expect(after.report.verdict).toMatchObject({
        outcome: 'fail',
        gates: [{ kind: 'limit', reason: 'drop_past_limit', replacedBy: 'dummy', compared: { pairing: 'key' } }],
      });
      expect(toTerminal(headline(after.report))).toMatch(
        /r2 \(dummy in place of (random_forest|linear_regression)\) dropped by/,
      );
    });
    it('may be replaced by one that is as good', async () => {
      const head = PROJECT.replace(/models: .*/, 'models: { linear_regression: {} }').replace(
        'model: random_forest',
        'model: linear_regression',
      );
      const base = PROJECT.replace('model: random_forest', 'model: linear_regression');
      expect((await change({ head, base })).after.report.verdict).toMatchObject({ outcome: 'pass' });
    });
    it('is judged by the floors as the one that takes its place', async () => {
      const floor = (text: string) => text.replace('r2: { max_drop: 0.02 }', 'r2: { min: 0.1 }');
      const { after } = await change({ head: floor(swapped), base: floor(unnamed) });
      expect(after.report.verdict).toMatchObject({ outcome: 'fail', gates: [{ kind: 'floor', model: 'dummy' }] });
    });
  });

  it('fails when a dataset that is expected is gone from the file', async () => {
    const { after } = await change({ head: PROJECT.replace('  housing:', '  homes:') });
    expect(after.report.verdict).toMatchObject({ outcome: 'fail', missing: [{ dataset: 'housing' }] });
  });

  it('says which parameters and data differ', async () => {
    const { after } = await change({
      head: PROJECT.replace('n_estimators: 5', 'n_estimators: 6'),
      table: `${lines.slice(0, -1).join('\n')}\n`,
    });
    const [dataset] = after.report.datasets;
    expect(dataset!.models[0]!.changedParams).toEqual([{ name: 'n_estimators', before: 5, after: 6 }]);
    expect([dataset!.baselineData!.rows, dataset!.data!.rows]).toEqual([200, 199]);
  });

  it('records runs that hold no row and no target', async () => {
    // Numbers that nothing but the row and its target can bring into a run.
    const secrets = ['8.123456789', '0.987654321'];
    const row = lines[5]!.split(',').map((field, i) => (i === 0 ? secrets[0] : i === TARGET ? secrets[1] : field));
    const table = `${lines.with(5, row.join(',')).join('\n')}\n`;
    const { runs, report, ports } = await runProject({ yml: PROJECT, tables: { 'housing.csv': table } });
    const shown = [formatReport(report), renderMarkdown(report, SUMMARY_BYTES)];
    const written = [JSON.stringify(runs), runs.map(runCodec.format).join(), ...shown];
    for (const secret of secrets) {
      expect(table).toContain(secret);
      for (const text of written) expect(text).not.toContain(secret);
    }
    const files = await ports.files.list('metrics/*');
    expect(files).toHaveLength(2);
    for (const path of files)
      expect(new TextDecoder().decode(await ports.files.read(path)), path).not.toMatch(secrets.join('|'));
    expect(runs[0]).toMatchObject({
      data: { rows: 200, trainRows: 160, testRows: 40 },
      split: { folds: 5, repeats: 2 },
    });
  });
});
