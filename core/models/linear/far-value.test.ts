import { describe, expect, it } from 'vitest';
import { inlineWorkers } from '../inline-workers.ts';
import { linearRegression } from '../linear-regression.ts';
import { numeric } from '../uniform-rows.fixture.ts';
import { farValue } from './far-value.ts';

/** 1,000 years around 2000, and one that is 0. */
const years = Float64Array.from({ length: 1000 }, (_, row) => (row === 321 ? 0 : 1998 + (row % 5)));
const farIn = (...columns: Float64Array[]) => farValue({ ...numeric(columns), nSamples: columns[0]!.length });

describe('farValue', () => {
  it('finds the value, in standard deviations of the others', () => {
    // numpy: o = np.delete(years, 321); (o.mean() - 0) / o.std()
    expect(
      farIn(
        years.map((_, row) => row),
        years,
      ),
    ).toEqual({
      name: 'x1',
      deviations: expect.closeTo(1413.9, 0),
    });
  });

  it.each([
    { title: 'values that are only rare', values: years.map((year) => (year === 0 ? 2100 : year)) },
    { title: 'a category of one row', values: years.map((year) => Number(year === 0)) },
    { title: 'a column that is constant but for a value', values: years.map((year) => (year === 0 ? 7 : 2)) },
    { title: 'a constant', values: years.map(() => 3) },
    { title: 'a single row', values: Float64Array.of(5) },
    { title: 'no row', values: new Float64Array(0) },
  ])('finds none among $title', ({ values }) => {
    expect(farIn(values)).toBeUndefined();
  });

  it('is what linear regression warns of', async () => {
    const said: string[] = [];
    const context = { seed: 1, workers: inlineWorkers, warn: (message: string) => said.push(message) };
    await linearRegression.fit({ features: numeric([years]), target: years.map(Math.abs), nClasses: 0 }, {}, context);
    const near = years.filter((year) => year > 0);
    await linearRegression.fit({ features: numeric([near]), target: near, nClasses: 0 }, {}, context);
    expect(said).toEqual([
      'a value of "x0" lies hundreds of standard deviations from the others, so predictions can be far off: correct it, or leave the column out',
    ]);
  });
});
