import { createRandom, type Random } from '../random/random.ts';
import { exp, log } from '../stats/elementary.ts';
import { clamp, coastLongitude, distanceToCoast } from './california-geography.ts';
import { californiaHousingFeatures } from './california-housing-features.ts';
import {
  AGES,
  BEDROOMS,
  CROWDS,
  HOLIDAY_HOMES,
  INCOMES,
  OCCUPANCIES,
  POPULATIONS,
  PRICE,
  ROOMS,
} from './california-marginals.ts';
import { type Place, QUARTERS, REGIONS, type Region } from './california-places.ts';
import { type ColumnDescription, defineGenerator, round, tableOfRows } from './generator.ts';
import { atQuantile } from './quantile-table.ts';

const measured: readonly ColumnDescription[] = [
  { name: 'MedInc', summary: 'median income of the block group, capped at 15', unit: '10,000 USD' },
  { name: 'HouseAge', summary: 'median age of the houses, capped at 52', unit: 'years' },
  { name: 'AveRooms', summary: 'rooms per household; above 10 in areas of holiday homes' },
  { name: 'AveBedrms', summary: 'bedrooms per household' },
  { name: 'Population', summary: 'people in the block group' },
  { name: 'AveOccup', summary: 'people per household; above 10 in barracks, prisons and dormitories' },
  { name: 'Latitude', summary: 'degrees north', unit: '°' },
  { name: 'Longitude', summary: 'degrees east (negative)', unit: '°' },
  { name: 'MedHouseVal', summary: 'target: median house value, capped at 5.00001', unit: '100,000 USD' },
];

/** Block groups of California as in the 1990 census: prices depend on income, location and their interaction. */
export const californiaHousing = defineGenerator({
  id: 'california_housing',
  summary: 'house values of block groups from income, location and housing; regression',
  defaultRows: 20_640,
  file: 'data/housing_data.csv',
  target: 'MedHouseVal',
  task: 'regression',
  columns: [...measured, ...californiaHousingFeatures],
  // Incomes rise, districts grow over time, ages come from a new survey with gaps.
  drift: [
    { id: 'mean_shift', column: 'MedInc', by: 0.4 },
    { id: 'slow_trend', column: 'Population', by: 0.8 },
    { id: 'scale', column: 'AveOccup', factor: 1.15 },
    { id: 'missing', column: 'HouseAge', share: 0.08 },
  ],
  generate: ({ rows, seed }) => {
    const random = createRandom(seed, 'california_housing');
    return tableOfRows(measured, californiaHousingFeatures, districts(random, rows));
  },
});

function* districts(random: Random, rows: number) {
  for (let row = 0; row < rows; row++) yield district(random);
}

function district(random: Random) {
  const region = chooseRegion(random.uniform());
  const place = placeIn(region, random);
  const quarters = worthOfQuarters(place);
  const coast = exp(-distanceToCoast(place) / PRICE.coastKm);
  // Incomes are higher in expensive quarters and, less so, in expensive regions.
  const prosperity = (0.3 * region.worth + quarters - 0.02) / 0.27;
  const income = mix(random, [0.42, prosperity]);
  const age = mix(random, [0.35, (region.urban - 0.15) / 0.5]);
  const crowding = mix(random, [-0.12, prosperity], [-0.1, age]);
  const rooms = mix(random, [0.66, income], [-0.22, age]);
  const bedrooms = mix(random, [-0.15, income], [0.1, rooms]);
  const population = mix(random, [-0.36, age]);

  const holiday = random.uniform() < region.resort ? holidayFactor(random) : 1;
  const crowd = random.uniform() < CROWDS.share ? crowdFactor(random) : 1;
  const medInc = atQuantile(INCOMES, income);
  const aveOccup = atQuantile(OCCUPANCIES, crowding);
  const market = region.worth + quarters + PRICE.coast * coast;
  const earned = Math.min(medInc, PRICE.saturation) - 3.87;
  const priceLog =
    PRICE.level +
    PRICE.market * market +
    (PRICE.income + PRICE.incomeTimesMarket * market) * earned +
    PRICE.occupancy * log(aveOccup / 2.82) +
    PRICE.ageWhereUrban * region.urban * age +
    PRICE.noise * random.normal();
  const value = Math.max(0.15, exp(priceLog));
  return {
    MedInc: round(medInc, 4),
    HouseAge: Math.round(atQuantile(AGES, age)),
    AveRooms: round(atQuantile(ROOMS, rooms) * holiday, 4),
    AveBedrms: round(atQuantile(BEDROOMS, bedrooms) * holiday, 4),
    Population: Math.round(atQuantile(POPULATIONS, population)),
    AveOccup: round(aveOccup * crowd, 4),
    Latitude: round(place.latitude, 2),
    Longitude: round(place.longitude, 2),
    MedHouseVal: value >= 5 ? 5.00001 : round(value, 3),
  };
}

/** A standard normal score with these correlations to independent standard normal scores. */
function mix(random: Random, ...parts: readonly (readonly [correlation: number, score: number])[]): number {
  let sum = 0;
  let rest = 1;
  for (const [correlation, score] of parts) {
    sum += correlation * score;
    rest -= correlation * correlation;
  }
  return sum + Math.sqrt(rest) * random.normal();
}

const TOTAL_SHARE = REGIONS.reduce((sum, { share }) => sum + share, 0);

function chooseRegion(uniform: number): Region {
  let rest = uniform * TOTAL_SHARE;
  for (const region of REGIONS) {
    if (rest < region.share) return region;
    rest -= region.share;
  }
  return REGIONS[0]!;
}

/** A random place in the region; a place in the sea is mirrored at the coast. */
function placeIn(region: Region, random: Random): Place {
  const latitude = clamp(region.latitude + region.spread * random.normal(), 32.54, 41.95);
  const drawn = region.longitude + 1.2 * region.spread * random.normal();
  const coast = coastLongitude(latitude);
  return { latitude, longitude: clamp(drawn < coast ? 2 * coast - drawn : drawn, -124.35, -114.31) };
}

function worthOfQuarters(place: Place): number {
  let worth = 0;
  for (const quarter of QUARTERS) {
    const north = place.latitude - quarter.latitude;
    const east = 0.8 * (place.longitude - quarter.longitude);
    const square = (north * north + east * east) / (2 * quarter.radius * quarter.radius);
    if (square < 12) worth += quarter.worth * exp(-square);
  }
  return worth;
}

/** Factor on rooms per household where most homes are empty: a truncated Pareto distribution. */
function holidayFactor(random: Random): number {
  const { least, most, exponent } = HOLIDAY_HOMES;
  return Math.min(most, least * exp(-log(1 - random.uniform()) / exponent));
}

/** Factor on people per household in barracks, prisons and dormitories: uniform on the log scale. */
function crowdFactor(random: Random): number {
  return CROWDS.least * exp(random.uniform() * log(CROWDS.most / CROWDS.least));
}
