import { createRandom, type Random } from '../random/random.ts';
import { exp } from '../stats/elementary.ts';
import { defineGenerator, type GeneratedRow, round, tableOfRows } from './generator.ts';

/** Where people live: latitude, longitude, share of the districts, spread in degrees, and what a home there is worth (log). */
const PLACES: readonly (readonly [lat: number, lon: number, share: number, spread: number, worth: number])[] = [
  [34.0, -118.35, 0.25, 0.16, 0.28],
  [33.85, -117.95, 0.12, 0.18, 0.12],
  [34.08, -117.4, 0.08, 0.2, -0.28],
  [32.8, -117.15, 0.09, 0.13, 0.12],
  [37.75, -122.4, 0.1, 0.14, 0.48],
  [37.4, -122.05, 0.1, 0.14, 0.42],
  [38.58, -121.4, 0.07, 0.22, -0.22],
  [36.75, -119.75, 0.07, 0.35, -0.42],
  [35.37, -119.05, 0.04, 0.3, -0.45],
  [39.6, -121.8, 0.05, 0.6, -0.35],
  [34.5, -119.8, 0.03, 0.2, 0.2],
];

const columns = [
  { name: 'MedInc', summary: 'median income of the block group, 10,000 USD, capped at 15' },
  { name: 'HouseAge', summary: 'median age of the houses, years, capped at 52' },
  { name: 'AveRooms', summary: 'rooms per household' },
  { name: 'AveBedrms', summary: 'bedrooms per household' },
  { name: 'Population', summary: 'people in the block group' },
  { name: 'AveOccup', summary: 'people per household' },
  { name: 'Latitude', summary: 'degrees north' },
  { name: 'Longitude', summary: 'degrees east (negative)' },
  { name: 'MedHouseVal', summary: 'target: median house value, 100,000 USD, capped at 5.00001' },
  { name: 'rooms_per_household', summary: 'AveRooms once more, under the name the pipeline knows it by' },
  { name: 'bedrooms_per_room', summary: 'AveBedrms / AveRooms' },
  { name: 'population_per_household', summary: 'AveOccup once more, under the name the pipeline knows it by' },
];

/** Block groups of California as in the 1990 census: income, location and their interplay make the price. */
export const californiaHousing = defineGenerator({
  id: 'california_housing',
  summary: 'house values of block groups from income, location and housing; regression',
  defaultRows: 20_640,
  file: 'data/housing_data.csv',
  target: 'MedHouseVal',
  task: 'regression',
  columns,
  generate: ({ rows, seed }) => {
    const random = createRandom(seed, 'california_housing');
    return tableOfRows(
      columns,
      Array.from({ length: rows }, () => district(random)),
    );
  },
});

function district(random: Random): GeneratedRow {
  const [lat, lon, , spread, worth] = choosePlace(random.uniform());
  const north = spread * random.normal();
  const east = spread * random.normal();
  const latitude = round(clamp(lat + north, 32.54, 41.95), 2);
  const longitude = round(clamp(lon + east, -124.35, -114.31), 2);
  // Towards the sea homes are dearer and people richer; the coast runs from north-west to south-east.
  const seaward = clamp((-(longitude - lon) * 0.75 - (latitude - lat) * 0.66) / spread, -2, 2);
  const income = clamp(exp(1.22 + 0.42 * random.normal() + 0.12 * worth + 0.05 * seaward), 0.5, 15);
  const age = Math.round(clamp(28.6 + 12.5 * random.normal() + (worth > 0.25 ? 5 : -2), 1, 52));
  const rooms = clamp(exp(1.62 + 0.2 * random.normal() + 0.045 * (income - 3.9) - 0.002 * (age - 28)), 0.9, 140);
  const bedrooms = clamp(
    rooms * exp(-1.57 + 0.12 * random.normal() - 0.03 * (income - 3.9)) + 0.02 * random.normal(),
    0.33,
    34,
  );
  const occupancy = clamp(exp(1.03 + 0.25 * random.normal() - 0.02 * (income - 3.9)), 0.7, 20);
  const population = Math.round(clamp(exp(7.0 + 0.72 * random.normal() - 0.012 * (age - 28)), 3, 35_000));
  const crowded = occupancy - 2.9;
  const priceLog =
    0.42 +
    worth * (1.45 + 0.05 * (income - 3.9)) +
    0.15 * seaward * (worth > 0 ? 1.3 : 0.5) +
    0.135 * (income - 3.9) -
    0.0075 * (income - 3.9) * Math.abs(income - 3.9) -
    0.17 * clamp(crowded, -1.5, 2) +
    0.004 * (age - 28) * (worth > 0.25 ? 1.5 : 0.4) +
    0.22 * random.normal();
  const value = clamp(exp(priceLog), 0.15, 5.00001);
  return {
    MedInc: round(income, 4),
    HouseAge: age,
    AveRooms: round(rooms, 4),
    AveBedrms: round(bedrooms, 4),
    Population: population,
    AveOccup: round(occupancy, 4),
    Latitude: latitude,
    Longitude: longitude,
    MedHouseVal: value >= 5 ? 5.00001 : round(value, 3),
    rooms_per_household: round(rooms, 4),
    bedrooms_per_room: round(bedrooms / rooms, 4),
    population_per_household: round(occupancy, 4),
  };
}

function choosePlace(u: number): (typeof PLACES)[number] {
  let reached = 0;
  for (const place of PLACES) {
    reached += place[2];
    if (u < reached) return place;
  }
  return PLACES[0]!;
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
