import { COAST, type Place } from './california-places.ts';

/** Kilometres per degree of latitude, and per degree of longitude at 36° north. */
const KM_NORTH = 111.2;
const KM_EAST = 90;

/** Distance in km on a flat map of California, within 5 % of the distance on the globe. */
export function distance(a: Place, b: Place): number {
  const north = KM_NORTH * (a.latitude - b.latitude);
  const east = KM_EAST * (a.longitude - b.longitude);
  return Math.sqrt(north * north + east * east);
}

/** Distance to the nearest of these places, km. */
export function distanceToNearest(from: Place, places: readonly Place[]): number {
  return places.reduce((least, place) => Math.min(least, distance(from, place)), Number.POSITIVE_INFINITY);
}

/** Distance to the nearest point of the coast, km. */
export function distanceToCoast(from: Place): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 1; i < COAST.length; i++) {
    least = Math.min(least, distance(from, nearestBetween(COAST[i - 1]!, COAST[i]!, from)));
  }
  return least;
}

/** Longitude of the coast at a latitude; west of it is the sea. */
export function coastLongitude(latitude: number): number {
  let i = 1;
  while (i < COAST.length - 1 && COAST[i]!.latitude < latitude) i++;
  const [south, north] = [COAST[i - 1]!, COAST[i]!];
  const share = (latitude - south.latitude) / (north.latitude - south.latitude);
  return south.longitude + clamp(share, 0, 1) * (north.longitude - south.longitude);
}

function nearestBetween(a: Place, b: Place, to: Place): Place {
  const [north, east] = [KM_NORTH * (b.latitude - a.latitude), KM_EAST * (b.longitude - a.longitude)];
  const along = KM_NORTH * (to.latitude - a.latitude) * north + KM_EAST * (to.longitude - a.longitude) * east;
  const share = clamp(along / (north * north + east * east), 0, 1);
  return {
    latitude: a.latitude + share * (b.latitude - a.latitude),
    longitude: a.longitude + share * (b.longitude - a.longitude),
  };
}

export function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
