import { describe, expect, it } from 'vitest';
import { type CategorySums, categorySums } from './category-sums.ts';
import { deviateOf, drawMeans, hash } from './draw-means.ts';
import { orderCategories as order } from './order-categories.ts';

const orderCategories = (sums: CategorySums, key: number, unit = 1) =>
  order(sums, key, unit, { deviateOf, drawMeans, hash });

/** `rows` rows of each of four categories, of which category c says `says[c]`, give or take 1. */
function sumsOf(says: readonly number[], rows: number): CategorySums {
  const places = Array.from({ length: rows * says.length }, (_, row) => row % says.length);
  const values = Float64Array.from(
    places,
    (place, row) => says[place]! + (row % (2 * says.length) < says.length ? 1 : -1),
  );
  return categorySums(places, says.length, { values, weights: null, ends: null, nClasses: 0, unit: 1 });
}
const classSums = (places: readonly number[], values: readonly number[], nClasses: number) =>
  categorySums(places, Math.max(...places) + 1, {
    ...{ values: Float64Array.from(values), weights: null, ends: null, nClasses, unit: 1 },
  });
const keys = Array.from({ length: 200 }, (_, key) => key * 7919);
const orders = (sums: CategorySums) =>
  keys.map((key) => [...orderCategories(sums, key).subarray(0, sums.weights.length)].join());

describe('orderCategories', () => {
  it('ranks categories by their mean target, and leaves missing values where they are', () => {
    const ranks = orderCategories(sumsOf([3, -2, 9, 0], 400), 1);
    expect([...ranks.subarray(0, 4)]).toEqual([2, 0, 3, 1]);
    expect(ranks[255]).toBe(255);
  });

  it('draws means that hardly differ in many orders, those of many rows far apart in one', () => {
    expect(new Set(orders(sumsOf([0, 0.1, 0.2, 0.3], 4))).size).toBeGreaterThan(20);
    expect(new Set(orders(sumsOf([0, 5, 10, 15], 400)))).toEqual(new Set(['0,1,2,3']));
  });

  it('is sure of a category by its rows, whatever one row weighs', () => {
    const few = sumsOf([0, 1, 2, 3], 40);
    const heavy = { ...few, weights: few.weights.map((w) => 1024 * w), sums: few.sums.map((s) => 1024 * s) };
    for (const key of keys)
      expect(orderCategories({ ...heavy, squares: 1024 * few.squares }, key, 1024)).toEqual(orderCategories(few, key));
  });

  it('sets each half of four classes against the other, in some tree', () => {
    // Category c is of class c alone.
    const places = Array.from({ length: 800 }, (_, row) => row % 4);
    const sums = classSums(places, places, 4);
    const above = keys.map((key) => {
      const ranks = orderCategories(sums, key);
      return [0, 1, 2, 3].filter((c) => ranks[c]! >= 2).join();
    });
    expect(new Set(above)).toEqual(new Set(['0,1', '0,2', '0,3', '1,2', '1,3', '2,3']));
  });

  it('ranks a category without rows by the mean of all rows', () => {
    const places = Array.from({ length: 800 }, (_, row) => 2 * (row % 2));
    const sums = classSums(
      places,
      places.map((place) => place / 2),
      2,
    );
    expect(new Set(keys.map((key) => orderCategories(sums, key)[1]))).toEqual(new Set([1]));
  });
});
