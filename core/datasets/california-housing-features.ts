import { distance, distanceToCoast, distanceToNearest } from './california-geography.ts';
import { BIG_CITIES, LOS_ANGELES, SAN_FRANCISCO } from './california-places.ts';
import { type Feature, round } from './generator.ts';

/** The original columns that a feature may be computed from. */
export interface District {
  readonly MedInc: number;
  readonly HouseAge: number;
  readonly AveRooms: number;
  readonly AveBedrms: number;
  readonly Population: number;
  readonly AveOccup: number;
  readonly Latitude: number;
  readonly Longitude: number;
}

const place = ({ Latitude, Longitude }: District) => ({ latitude: Latitude, longitude: Longitude });

/** Features that a practitioner would add to the original columns. */
export const californiaHousingFeatures: readonly Feature<District>[] = [
  {
    name: 'rooms_per_household',
    summary: 'same as AveRooms, under another common name',
    of: (row) => row.AveRooms,
  },
  {
    name: 'bedrooms_per_room',
    summary: 'AveBedrms / AveRooms',
    of: (row) => round(row.AveBedrms / row.AveRooms, 4),
  },
  {
    name: 'population_per_household',
    summary: 'same as AveOccup, under another common name',
    of: (row) => row.AveOccup,
  },
  {
    name: 'households',
    summary: 'households in the block group: Population / AveOccup',
    of: (row) => Math.round(row.Population / row.AveOccup),
  },
  {
    name: 'rooms_per_person',
    summary: 'AveRooms / AveOccup',
    of: (row) => round(row.AveRooms / row.AveOccup, 4),
  },
  {
    name: 'income_per_room',
    summary: 'MedInc / AveRooms',
    unit: '10,000 USD',
    of: (row) => round(row.MedInc / row.AveRooms, 4),
  },
  {
    name: 'income_per_person',
    summary: 'MedInc / AveOccup',
    unit: '10,000 USD',
    of: (row) => round(row.MedInc / row.AveOccup, 4),
  },
  {
    name: 'distance_to_coast',
    summary: 'distance to the nearest point of the coast',
    unit: 'km',
    of: (row) => round(distanceToCoast(place(row)), 1),
  },
  {
    name: 'distance_to_los_angeles',
    summary: 'distance to the centre of Los Angeles',
    unit: 'km',
    of: (row) => round(distance(place(row), LOS_ANGELES), 1),
  },
  {
    name: 'distance_to_san_francisco',
    summary: 'distance to the centre of San Francisco',
    unit: 'km',
    of: (row) => round(distance(place(row), SAN_FRANCISCO), 1),
  },
  {
    name: 'distance_to_big_city',
    summary: 'distance to the nearest of Los Angeles, San Diego, San Jose and San Francisco',
    unit: 'km',
    of: (row) => round(distanceToNearest(place(row), BIG_CITIES), 1),
  },
  {
    name: 'is_age_capped',
    summary: '1 where HouseAge is 52, which stands for 52 and older',
    of: (row) => Number(row.HouseAge === 52),
  },
];
