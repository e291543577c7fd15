import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runProject } from '../../commands/pipeline/run-project.fixture.ts';
import { generators } from '../../datasets/index.ts';
import { writeCsv } from '../../table/csv-writer.ts';
import { FEWEST_ROWS, type ModelCharts, type Point } from './charts.ts';
import { binsOf, evenEdges } from './even-bins.ts';

const table = (id: 'california_housing' | 'customer_churn', rows: number) =>
  writeCsv(generators.get(id).generate({ rows, seed: 3 }));

const project = (rest: string) => `version: 1\ndatasets:\n  data:\n    path: data.csv\n${rest}`;
const CHURN = project(
  '    target: Churn\n    metrics: [roc_auc, average_precision, accuracy]\n    models: { random_forest: { n_estimators: 5 } }\n',
);
const HOUSING = project(
  '    target: MedHouseVal\n    models: { linear_regression: {}, random_forest: { n_estimators: 5 } }\n',
);

async function chartsAndRuns(yml: string, csv: string) {
  const { charts, runs } = await runProject({ yml, tables: { 'data.csv': csv } });
  return { models: charts.datasets[0]!.models, runs };
}

/** By the trapezoidal rule, as `roc_auc` does. */
const areaBelow = (points: readonly Point[]) =>
  points.slice(1).reduce((sum, [x, y], i) => sum + ((x - points[i]![0]) * (y + points[i]![1])) / 2, 0);

describe('charts of a classification', async () => {
  const { models, runs } = await chartsAndRuns(CHURN, table('customer_churn', 600));
  const { curves, confusion, regression, importances } = models[0]!;
  const { metrics, data } = runs[0]!;

  it('has curves of the second class, with the areas that the metrics say', () => {
    expect(curves.map((each) => each.class)).toEqual(['Yes']);
    const { roc, precisionRecall } = curves[0]!.candidate;
    expect(areaBelow(roc)).toBeCloseTo(metrics.roc_auc!.outOfFold.value!, 2);
    const mean = precisionRecall.reduce((sum, [, precision]) => sum + precision, 0) / precisionRecall.length;
    expect(mean).toBeCloseTo(metrics.average_precision!.outOfFold.value!, 2);
  });

  it('has at most 200 points a curve, from one end to the other, and none falls', () => {
    const { roc, precisionRecall } = curves[0]!.candidate;
    for (const points of [roc, precisionRecall]) expect(points.length).toBeLessThanOrEqual(200);
    expect([roc[0], roc.at(-1)]).toEqual([
      [0, 0],
      [1, 1],
    ]);
    expect(roc.every(([, y], i) => i === 0 || y >= roc[i - 1]![1])).toBe(true);
  });

  it('counts each row once in the confusion matrix, right ones on the diagonal', () => {
    const { counts, classes } = confusion!;
    expect(classes).toEqual(['No', 'Yes']);
    expect(counts.flat().reduce((sum, count) => sum + count, 0)).toBeCloseTo(data.rows, 6);
    const right = counts.reduce((sum, row, i) => sum + row[i]!, 0);
    expect(right / data.rows).toBeCloseTo(metrics.accuracy!.outOfFold.value!, 3);
  });

  it('names the features that count most, and draws no residuals', () => {
    expect(importances.length).toBeGreaterThan(3);
    expect(importances.length).toBeLessThanOrEqual(15);
    expect(regression).toBeUndefined();
  });
});

describe('charts of a regression', async () => {
  const csv = table('california_housing', 600);
  const { models } = await chartsAndRuns(HOUSING, csv);
  const [linear, forest] = models as [ModelCharts, ModelCharts];

  it('have no importances of a model without trees, and no curves', () => {
    expect(linear.importances).toEqual([]);
    expect(forest.importances).not.toEqual([]);
    expect([...linear.curves, ...forest.curves]).toEqual([]);
  });

  it('leave out bins of few rows', () => {
    const { cells, residuals } = forest.regression!;
    expect(cells.length).toBeGreaterThan(5);
    expect(cells.filter(({ rows }) => rows < FEWEST_ROWS)).toEqual([]);
    const smallest = FEWEST_ROWS / 600 - 1e-5;
    expect(residuals.candidate.filter((share) => share > 0 && share < smallest)).toEqual([]);
  });

  it('tell no value of a row: edges are round numbers', () => {
    const values = new Set(csv.split(/[\n,]/));
    const { edges, residuals } = forest.regression!;
    for (const all of [edges, residuals.edges]) {
      const step = all[1]! - all[0]!;
      const inSteps = all.map((edge) => edge / step);
      expect(inSteps.every((edge) => Math.abs(edge - Math.round(edge)) < 1e-6)).toBe(true);
    }
    const inner = JSON.stringify(forest.regression).match(/[\d.]{7,}/g) ?? [];
    expect(inner.filter((number) => values.has(number))).toEqual([]);
  });
});

it('a class with too few rows has no curve', async () => {
  const rows = Array.from({ length: 60 }, (_, i) => `${i % 7},${i % 3},${i < 3 ? 'yes' : 'no'}`);
  const yml = project('    target: y\n    split: { folds: 3 }\n    models: [logistic_regression]\n');
  const { models } = await chartsAndRuns(yml, `a,b,y\n${rows.join('\n')}\n`);
  expect(models[0]!.curves).toEqual([]);
});

describe('even bins', () => {
  it('hold every value, in about as many bins as asked for', () => {
    const values = fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 40 }), (some, wanted) => {
        const edges = evenEdges(Float64Array.from(some), wanted);
        expect(edges.length).toBeGreaterThan(1);
        expect(edges.length).toBeLessThan(wanted + 4);
        expect(edges.every((edge, i) => i === 0 || edge > edges[i - 1]!)).toBe(true);
        const bins = binsOf(Float64Array.from([...some, 1e12, -1e12]), edges);
        expect([...bins].every((bin) => bin < edges.length - 1)).toBe(true);
      }),
    );
  });

  it('leave the outermost values out of the range', () => {
    const values = Float64Array.from({ length: 1000 }, (_, i) => i / 1000);
    expect(evenEdges(Float64Array.of(...values, 1e9), 10).at(-1)).toBeLessThan(2);
  });
});
