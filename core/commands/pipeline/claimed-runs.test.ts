import { beforeAll, describe, expect, it } from 'vitest';
import type { EvaluatedRun } from '../../comparison/compare-models.ts';
import { parseProject } from '../../config/parse.ts';
import type { Claims } from '../../ports/claims.ts';
import { createRandom } from '../../random/random.ts';
import type { Run } from '../../tracking/run.ts';
import { someWorld } from '../ports.fixture.ts';
import type { Ports } from '../ports.ts';
import { type PipelineResult, runPipeline, type Steps } from './run-pipeline.ts';

const project = (trees: number) => `datasets:
  sales:
    path: sales.csv
    target: sold
    metrics: [rmse]
    columns: { shop: categorical }
    slices: [shop]
    models: { random_forest: { n_estimators: ${trees} }, linear_regression: {} }
    gates: { model: random_forest, rmse: { max_drop: 5% }, slices: { rmse: { max_drop: 50% } } }
`;
const random = createRandom(5, 'sales');
const TABLE = ['shop,price,size,sold']
  .concat(
    Array.from({ length: 150 }, (_, i) => {
      const shop = ['west', 'north', 'south'][i % 3]!;
      const [price, size] = [random.normal(), random.normal()];
      const sold = 2 * price + size + (shop === 'west' ? 1 : 0) + 0.3 * random.normal();
      return [shop, price.toFixed(4), size.toFixed(4), sold.toFixed(4)].join(',');
    }),
  )
  .join('\n');

const JOB: Steps = { generate: true, train: true, tune: false, judge: true };
const LEG: Steps = { ...JOB, judge: false, handOver: true };
const PUBLISH: Steps = { ...JOB, train: false };

function run(ports: Ports, trees: number, steps: Steps, claims: Claims | null = null): Promise<PipelineResult> {
  return runPipeline(ports, {
    ...{ command: 'publish', steps, claims, evidence: 'artifact', force: false, datasets: [], models: [] },
    ...{ project: parseProject(project(trees), 'mlops.yml'), base: parseProject(project(20), 'mlops.yml') },
    ...{ subject: 'change', knowsBase: true, notJudged: null, unchanged: async () => [] },
    tuning: { wish: null, runs: ports.runs },
    about: { place: 'pull_request', changedFiles: null, runUrl: null, warnings: () => [] },
  });
}

/** What a leg handed over, as the job that judges reads it. */
async function handedOver(leg: Ports): Promise<EvaluatedRun[]> {
  const { runs } = await leg.runs.list();
  return Promise.all(runs.map(async (one) => ({ run: one, predictions: (await leg.evidence.get(one.id)) ?? null })));
}
const claimsOf = (runs: readonly EvaluatedRun[]): Claims => ({ of: async () => new Map([['sales', runs]]) });

let main: Ports;
let claimed: readonly EvaluatedRun[];
let inOneJob: PipelineResult;
const world = () => someWorld({ files: { 'sales.csv': TABLE }, sha: '2', earlier: [main] });
const publish = async (runs: readonly EvaluatedRun[]) => {
  const ports = await world();
  return { ...(await run(ports, 1, PUBLISH, claimsOf(runs))), ports };
};
beforeAll(async () => {
  main = await someWorld({ files: { 'sales.csv': TABLE }, sha: '1' });
  await run(main, 20, JOB);
  inOneJob = await run(await world(), 1, JOB);
  const leg = await world();
  await run(leg, 1, LEG);
  claimed = await handedOver(leg);
});

/** Every number of a record as the leg would like it to be. */
function flattered({ run: own, predictions }: EvaluatedRun): EvaluatedRun {
  const best = { value: 0.001, ci: null, se: 0.0001, n: 150 };
  const metrics = Object.entries(own.metrics).map(([id, result]) => [
    id,
    { ...result, test: best, outOfFold: best, folds: [0.001], seedNoise: { variance: 10, df: 90 } },
  ]);
  const slices = own.slices!.map((slice) => ({ ...slice, metrics: { rmse: best } }));
  return {
    run: { ...own, metrics: Object.fromEntries(metrics), slices, task: 'classification', classes: ['a'] },
    predictions,
  };
}

describe('claimed runs', () => {
  it('are judged as in one job, but for the last digits of their predictions', async () => {
    const { report, runs } = await publish(claimed);
    expect(report.verdict!.outcome).toBe(inOneJob.report.verdict!.outcome);
    expect(report.verdict!.outcome).toBe('fail');
    for (const one of runs) {
      const trained = inOneJob.runs.find(({ model }) => model === one.model)!;
      const { value, n } = one.metrics.rmse!.outOfFold;
      expect(n).toBe(150);
      expect(value).toBeCloseTo(trained.metrics.rmse!.outOfFold.value!, 2);
      expect(one.slices!.map((slice) => [slice.value, slice.n])).toEqual(
        trained.slices!.map((slice) => [slice.value, slice.n]),
      );
      const told = ({ params, data, inputsSha256, recipeSha256, split, modelSha256, target }: Run) => [
        ...[params, data, inputsSha256, recipeSha256, split, modelSha256, target],
      ];
      expect(told(one)).toEqual(told(trained));
    }
  });

  it('are recorded with their predictions, by ids of the job that judges', async () => {
    const { ports, runs } = await publish(claimed);
    const { runs: listed } = await ports.runs.list();
    expect(listed.map(({ id }) => id).sort()).toEqual(runs.map(({ id }) => id).sort());
    expect(claimed.some(({ run: own }) => listed.some(({ id }) => id === own.id))).toBe(false);
    for (const { id } of runs) expect((await ports.evidence.get(id))!.evidence.repeats.length).toBeGreaterThan(0);
  });

  it('say nothing of numbers, classes and slices: these are made of predictions and the table', async () => {
    const numbers = ({ runs }: PipelineResult) =>
      runs.map(({ metrics, slices, task, classes }) => [
        metrics.rmse!.outOfFold,
        metrics.rmse!.test,
        slices,
        task,
        classes,
      ]);
    const [honest, forged] = [await publish(claimed), await publish(claimed.map(flattered))];
    expect(numbers(forged)).toEqual(numbers(honest));
    expect(forged.report.verdict).toEqual(honest.report.verdict);
  });

  it('that lack a model that is expected do not pass', async () => {
    const { report } = await publish(claimed.filter(({ run: own }) => own.model !== 'random_forest'));
    expect(report.verdict!.outcome).toBe('fail');
  });

  it.each<[string, (runs: readonly EvaluatedRun[]) => readonly EvaluatedRun[], string]>([
    [
      'other rows',
      ([first, ...rest]) => [
        {
          ...first!,
          predictions: {
            ...first!.predictions!,
            evidence: { ...first!.predictions!.evidence, rowSet: 'f'.repeat(64) },
          },
        },
        ...rest,
      ],
      'are not for the rows of this commit',
    ],
    ['a model twice', (runs) => [...runs, runs[0]!], 'handed over runs that were not asked for'],
    [
      'a model that nobody asked for',
      ([first, ...rest]) => [{ ...first!, run: { ...first!.run, model: 'dummy' } }, ...rest],
      'handed over runs that were not asked for',
    ],
    [
      'another dataset',
      ([first, ...rest]) => [{ ...first!, run: { ...first!.run, dataset: 'churn' } }, ...rest],
      'handed over runs that were not asked for',
    ],
    [
      'some of the repeats',
      (runs) =>
        runs.map(({ run: own, predictions }) => ({
          run: own,
          predictions: {
            ...predictions!,
            evidence: {
              ...predictions!.evidence,
              repeats: [...predictions!.evidence.repeats, predictions!.evidence.repeats[0]!],
            },
          },
        })),
      'are not whole',
    ],
  ])('of %s are refused', async (_, change, message) => {
    await expect(publish(change(claimed))).rejects.toThrow(message);
  });
});
