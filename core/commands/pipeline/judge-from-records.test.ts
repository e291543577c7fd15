import { describe, expect, it } from 'vitest';
import type { EvaluatedRun } from '../../comparison/compare-models.ts';
import { parseProject } from '../../config/parse.ts';
import { createRandom } from '../../random/random.ts';
import { formatReport, readReport } from '../../report/report-file.ts';
import { reportOf } from '../../report/report-of.ts';
import { someWorld } from '../ports.fixture.ts';
import type { Ports } from '../ports.ts';
import { type PipelineOptions, runPipeline } from './run-pipeline.ts';
import { storedRuns } from './stored-runs.ts';

const PROJECT = `datasets:
  sales:
    path: sales.csv
    target: sold
    metrics: [rmse, mae]
    columns: { shop: categorical }
    slices: [shop]
    models: { gradient_boosting: { n_estimators: 5 }, random_forest: { n_estimators: 3 }, linear_regression: {} }
    gates:
      model: random_forest
      rmse: { max_drop: 5%, max: 9 }
      model_bytes: { max_rise: 50% }
      slices: { mae: { max_drop: 0.5 } }
`;

/** Sales in three shops, with a comment that differs in every row. */
function sales(changes: { readonly without?: string; readonly rows?: number } = {}): string {
  const random = createRandom(5, 'sales');
  const rows = Array.from({ length: 150 }, (_, i) => {
    const shop = ['west', 'north', 'south'][i % 3]!;
    const [price, size] = [random.normal(), random.normal()];
    const sold = 2 * price + size + (shop === 'west' ? 1 : 0) + 0.5 * random.normal();
    return { note: `sold ${i}`, shop, price: price.toFixed(4), size: size.toFixed(4), sold: sold.toFixed(4) };
  });
  const names = ['note', 'shop', 'price', 'size', 'sold'].filter((name) => name !== changes.without);
  const lines = rows.slice(0, changes.rows).map((row) => names.map((name) => row[name as keyof typeof row]).join(','));
  return `${[names.join(','), ...lines].join('\n')}\n`;
}

const options = (head: string, steps: PipelineOptions['steps'], { runs }: Pick<Ports, 'runs'>): PipelineOptions => ({
  command: 'pipeline',
  steps,
  project: parseProject(head, 'mlops.yml'),
  base: parseProject(PROJECT, 'mlops.yml'),
  subject: 'change',
  knowsBase: true,
  notJudged: null,
  unchanged: async () => [],
  datasets: [],
  models: [],
  force: false,
  claims: null,
  tuning: { wish: null, runs },
  evidence: 'artifact',
  about: { place: 'pull_request', changedFiles: ['train.py'], runUrl: null, warnings: () => ['something is old'] },
});
const ALL = { generate: false, train: true, tune: true, judge: true };

/** A world that has the stores of another one, and no table. */
async function withStoresOf(work: Ports, earlier: readonly Ports[]): Promise<Ports> {
  const fresh = await someWorld({ files: {}, sha: '2', earlier });
  const noTable = () => Promise.reject(new Error('a table was read'));
  const files = { ...fresh.files, read: noTable, exists: noTable, list: noTable };
  return { ...fresh, files, runs: work.runs, evidence: work.evidence };
}

describe('the same report comes of records as of tables', () => {
  it.each<[string, { head?: string; before?: string; table?: string; isFirst?: boolean }]>([
    ['when nothing changed', {}],
    ['of a first run', { isFirst: true }],
    ['when parameters changed', { head: PROJECT.replace('n_estimators: 3', 'n_estimators: 1, max_depth: 1') }],
    ['when rows are added', { before: sales({ rows: 120 }) }],
    [
      'when rows are added and parameters changed',
      { before: sales({ rows: 120 }), head: PROJECT.replace('n_estimators: 3', 'n_estimators: 1, max_depth: 1') },
    ],
    [
      'when rows are added and the judged model is dropped from the file',
      {
        before: sales({ rows: 120 }),
        head: PROJECT.replace(' random_forest: { n_estimators: 3 },', '').replace('      model: random_forest\n', ''),
      },
    ],
    ['when rows are gone', { table: sales({ rows: 120 }) }],
    ['when a column is gone, so that rows are matched by position', { table: sales({ without: 'size' }) }],
    ['when a model is dropped from the file', { head: PROJECT.replace(', linear_regression: {}', '') }],
    ['when a dataset is renamed', { head: PROJECT.replace('sales:', 'shops:') }],
  ])('%s', async (_, { head = PROJECT, before = sales(), table = sales(), isFirst = false }) => {
    const main = await someWorld({ files: { 'sales.csv': before }, sha: '1' });
    if (!isFirst) await runPipeline(main, options(PROJECT, ALL, main));
    const earlier = isFirst ? [] : [main];
    const work = await someWorld({ files: { 'sales.csv': table }, sha: '2', earlier });
    const { report } = await runPipeline(work, options(head, ALL, work));
    const trained = formatReport(report);
    expect(report.warnings).toContainEqual(expect.stringContaining('`sales.csv`: column "note"'));
    expect(readReport(trained, 'report.json')).toEqual(report);

    const compared = await runPipeline(
      await withStoresOf(work, earlier),
      options(head, { ...ALL, train: false }, work),
    );
    expect(formatReport(compared.report)).toBe(trained);

    const collector = await withStoresOf(work, earlier);
    const { runs: listed } = await collector.runs.list();
    const runs = await Promise.all(
      listed.map(
        async (run): Promise<EvaluatedRun> => ({ run, predictions: (await work.evidence.get(run.id)) ?? null }),
      ),
    );
    const { project, base } = options(head, ALL, collector);
    const [config] = project.datasets;
    const { baseline } = await storedRuns(config!, { project, base, chosen: [] }, collector);
    const collected = reportOf({
      ...{ command: 'pipeline', judges: true, project, base, only: { datasets: [], models: [] } },
      ...{ subject: 'change', knowsBase: true, notJudged: null, unchanged: [] },
      ...{ runs, baselines: new Map([[config!.id, baseline]]) },
      ...{ place: 'pull_request', changedFiles: ['train.py'], runUrl: null, warnings: ['something is old'] },
      head: { sha: collector.git.sha, branch: 'work', dirty: false },
      search: collector.search,
      recorded: collector.baselines.runs,
    });
    expect(formatReport(collected)).toBe(trained);
  });
});
