import { P01, P25, P50, P75, P99, type QuantileTable } from './quantile-table.ts';

/*
 * Distributions of the columns in the 1990 dataset. Quantiles at P01 … P99 are the original ones; the values between and
 * beyond them are chosen to match its mean, standard deviation and extremes.
 */

/** Median income, 10,000 USD. */
export const INCOMES: QuantileTable = [
  [-3.5, 0.5],
  [P01, 1.07],
  [-1.282, 1.9],
  [P25, 2.563],
  [P50, 3.535],
  [P75, 4.743],
  [1.282, 6.16],
  [1.645, 7.3],
  [P99, 10.6],
  [2.95, 15],
];

/** Median age of the houses, years; 6.2 % are at the cap. */
export const AGES: QuantileTable = [
  [-3.4, 1],
  [P01, 4],
  [-1.282, 13],
  [P25, 18],
  [P50, 29],
  [P75, 37],
  [1.3, 46],
  [1.53, 52],
];

/** Rooms per household, without holiday homes. */
export const ROOMS: QuantileTable = [
  [-4, 0.9],
  [P01, 2.58],
  [-1.282, 3.78],
  [P25, 4.42],
  [P50, 5.2],
  [P75, 5.98],
  [1.282, 6.85],
  [P99, 8.4],
  [4, 12],
];

/** Bedrooms per household, without holiday homes. */
export const BEDROOMS: QuantileTable = [
  [-4, 0.4],
  [P01, 0.873],
  [P25, 1.005],
  [P50, 1.046],
  [P75, 1.092],
  [P99, 1.3],
  [4, 1.8],
];

/** People in the block group. */
export const POPULATIONS: QuantileTable = [
  [-4, 3],
  [P01, 88],
  [-1.282, 510],
  [P25, 787],
  [P50, 1166],
  [P75, 1725],
  [1.282, 2450],
  [P99, 5806],
  [3.1, 9500],
  [4, 35_682],
];

/** People per household in ordinary homes. */
export const OCCUPANCIES: QuantileTable = [
  [-4, 0.7],
  [P01, 1.54],
  [P25, 2.43],
  [P50, 2.818],
  [P75, 3.282],
  [P99, 5.3],
  [4, 9],
];

/** Holiday homes multiply rooms and bedrooms per household by the same factor: both columns have the same outlier rows. */
export const HOLIDAY_HOMES = { least: 1.3, most: 26, exponent: 1.7 } as const;

/** Barracks, prisons and dormitories multiply the people per household in a few districts. */
export const CROWDS = { share: 0.0015, least: 2, most: 300 } as const;

/** Coefficients of the log price. */
export const PRICE = {
  level: 0.48,
  /** Per unit of the market: the sum of region, quarter and coast. */
  market: 0.92,
  coast: 0.35,
  /** Distance over which the value of the coast falls to 1/e, km. */
  coastKm: 12,
  /** Per 10,000 USD of median income, up to the saturation; steeper in expensive markets. */
  income: 0.13,
  incomeTimesMarket: 0.02,
  saturation: 9,
  /** Per unit of the logarithm of people per household. */
  occupancy: -0.5,
  /** Old houses are expensive in urban areas and cheap elsewhere. */
  ageWhereUrban: 0.04,
  noise: 0.245,
} as const;
