/** A point on the map, degrees north and east. */
export interface Place {
  readonly latitude: number;
  readonly longitude: number;
}

/** A region of districts; `spread` is the standard deviation of their places, degrees. */
export interface Region extends Place {
  readonly name: string;
  /** Weight of the region among all districts. */
  readonly share: number;
  readonly spread: number;
  /** Log of the price level relative to the whole state. */
  readonly worth: number;
  /** How old and urban it is, in standard deviations of house age. */
  readonly urban: number;
  /** Share of districts that consist of holiday homes. */
  readonly resort: number;
}

/** A quarter with higher or lower prices than its surroundings: `worth`·exp(−distance² / 2·radius²), radius in degrees. */
export interface Quarter extends Place {
  readonly name: string;
  readonly radius: number;
  readonly worth: number;
}

const region = (
  name: string,
  latitude: number,
  longitude: number,
  share: number,
  spread: number,
  worth: number,
  urban: number,
  resort: number,
): Region => ({ name, latitude, longitude, share, spread, worth, urban, resort });

/** The regions of California, with rough shares of its block groups and rough price levels of 1990. */
export const REGIONS: readonly Region[] = [
  region('Los Angeles', 34.03, -118.3, 17, 0.11, 0.15, 0.7, 0.006),
  region('San Fernando Valley', 34.2, -118.48, 6, 0.09, 0.25, 0.1, 0.006),
  region('San Gabriel Valley', 34.08, -118.0, 5.5, 0.1, 0.12, 0.2, 0.006),
  region('Long Beach', 33.85, -118.22, 6.5, 0.09, 0.15, 0.4, 0.006),
  region('Orange County', 33.76, -117.88, 8.5, 0.12, 0.25, -0.2, 0.01),
  region('Inland Empire', 34.02, -117.38, 6, 0.17, -0.35, -0.4, 0.01),
  region('San Diego', 32.83, -117.08, 7.5, 0.14, 0.05, -0.1, 0.005),
  region('San Francisco', 37.75, -122.44, 4, 0.03, 0.6, 1.5, 0.006),
  region('Oakland', 37.79, -122.2, 5.5, 0.09, 0.3, 0.9, 0.006),
  region('Peninsula', 37.52, -122.28, 2.5, 0.08, 0.62, 0.3, 0.006),
  region('San Jose', 37.32, -121.92, 5.5, 0.09, 0.45, -0.2, 0.006),
  region('Contra Costa', 37.98, -122.02, 2.6, 0.1, 0.15, -0.1, 0.006),
  region('Marin and Sonoma', 38.25, -122.6, 2.8, 0.16, 0.3, -0.1, 0.02),
  region('Sacramento', 38.6, -121.4, 5.6, 0.14, -0.35, -0.2, 0.006),
  region('Stockton and Modesto', 37.8, -121.2, 3.2, 0.2, -0.45, -0.1, 0.008),
  region('Fresno', 36.78, -119.75, 3, 0.2, -0.65, 0, 0.008),
  region('Visalia and Merced', 36.7, -119.6, 2.4, 0.45, -0.75, 0, 0.01),
  region('Bakersfield', 35.38, -119.02, 2.4, 0.2, -0.7, 0, 0.008),
  region('Oxnard', 34.24, -119.05, 2.3, 0.1, 0.25, -0.2, 0.01),
  region('Santa Barbara', 34.47, -119.75, 1.2, 0.08, 0.35, 0.1, 0.01),
  region('San Luis Obispo', 35.15, -120.55, 1.4, 0.15, 0.05, -0.3, 0.02),
  region('Monterey and Santa Cruz', 36.8, -121.75, 2.4, 0.15, 0.3, 0.1, 0.015),
  region('Sacramento Valley', 39.8, -122, 2.6, 0.5, -0.8, -0.1, 0.02),
  region('Sierra foothills', 38.8, -120.8, 2, 0.35, -0.35, -0.8, 0.16),
  region('Lake Tahoe', 39.05, -120.05, 0.5, 0.1, -0.1, -0.7, 0.6),
  region('Palm Springs', 33.8, -116.4, 1.8, 0.17, -0.25, -0.9, 0.15),
  region('High desert', 34.6, -117.5, 1.7, 0.25, -0.5, -0.9, 0.02),
  region('Big Bear', 34.25, -116.95, 0.4, 0.06, -0.25, -0.5, 0.6),
  region('North coast', 40.6, -124, 1, 0.3, -0.55, 0.2, 0.04),
  region('Imperial Valley', 32.85, -115.5, 0.8, 0.15, -0.8, 0, 0.01),
];

const quarter = (name: string, latitude: number, longitude: number, radius: number, worth: number): Quarter => ({
  name,
  latitude,
  longitude,
  radius,
  worth,
});

/** Quarters known as expensive or poor. */
export const QUARTERS: readonly Quarter[] = [
  quarter('Beverly Hills', 34.08, -118.42, 0.055, 0.75),
  quarter('Pacific Palisades', 34.04, -118.55, 0.06, 0.6),
  quarter('South Central Los Angeles', 33.96, -118.26, 0.07, -0.6),
  quarter('East Los Angeles', 34.03, -118.17, 0.05, -0.4),
  quarter('Hollywood Hills', 34.12, -118.34, 0.035, 0.5),
  quarter('San Marino and Pasadena', 34.13, -118.11, 0.045, 0.5),
  quarter('El Monte', 34.06, -117.99, 0.06, -0.3),
  quarter('Encino', 34.15, -118.5, 0.05, 0.4),
  quarter('Pacoima', 34.25, -118.42, 0.05, -0.35),
  quarter('Palos Verdes', 33.77, -118.37, 0.06, 0.65),
  quarter('Manhattan Beach', 33.89, -118.4, 0.04, 0.5),
  quarter('Long Beach harbour', 33.78, -118.21, 0.045, -0.5),
  quarter('Compton', 33.89, -118.2, 0.04, -0.4),
  quarter('Newport Beach', 33.61, -117.87, 0.07, 0.7),
  quarter('Santa Ana', 33.75, -117.88, 0.045, -0.4),
  quarter('Yorba Linda', 33.88, -117.78, 0.05, 0.3),
  quarter('San Bernardino', 34.11, -117.3, 0.07, -0.35),
  quarter('Claremont', 34.11, -117.68, 0.06, 0.35),
  quarter('La Jolla', 32.85, -117.25, 0.07, 0.65),
  quarter('Southeast San Diego', 32.69, -117.09, 0.05, -0.4),
  quarter('Rancho Santa Fe', 33.01, -117.2, 0.06, 0.6),
  quarter('Pacific Heights', 37.79, -122.44, 0.02, 0.45),
  quarter('Bayview', 37.73, -122.39, 0.02, -0.45),
  quarter('East Oakland', 37.76, -122.19, 0.045, -0.6),
  quarter('Piedmont and Berkeley Hills', 37.86, -122.23, 0.035, 0.5),
  quarter('Richmond', 37.94, -122.34, 0.04, -0.5),
  quarter('Danville', 37.83, -121.97, 0.06, 0.45),
  quarter('Pittsburg', 38.02, -121.88, 0.05, -0.4),
  quarter('Palo Alto and Atherton', 37.44, -122.17, 0.055, 0.55),
  quarter('Saratoga and Los Gatos', 37.25, -122, 0.05, 0.5),
  quarter('East San Jose', 37.35, -121.83, 0.045, -0.4),
  quarter('Marin', 37.95, -122.53, 0.08, 0.4),
  quarter('Folsom', 38.68, -121.17, 0.06, 0.4),
  quarter('North Sacramento', 38.63, -121.45, 0.05, -0.35),
  quarter('North Fresno', 36.83, -119.78, 0.05, 0.45),
  quarter('Carmel', 36.55, -121.92, 0.05, 0.6),
  quarter('Salinas', 36.68, -121.65, 0.06, -0.35),
  quarter('Montecito', 34.43, -119.64, 0.05, 0.6),
];

const place = (latitude: number, longitude: number): Place => ({ latitude, longitude });

/** The coastline from the Mexican border northwards; west of it is the sea. */
export const COAST: readonly Place[] = [
  place(32.53, -117.12),
  place(32.85, -117.27),
  place(33.2, -117.39),
  place(33.6, -117.9),
  place(33.71, -118.29),
  place(33.77, -118.42),
  place(34, -118.5),
  place(34.04, -118.75),
  place(34.15, -119.2),
  place(34.4, -119.75),
  place(34.45, -120.47),
  place(34.9, -120.65),
  place(35.2, -120.75),
  place(35.65, -121.2),
  place(36.3, -121.9),
  place(36.62, -121.93),
  place(36.8, -121.79),
  place(36.97, -122.1),
  place(37.2, -122.4),
  place(37.75, -122.51),
  place(38, -122.95),
  place(38.5, -123.25),
  place(39, -123.7),
  place(40, -124.05),
  place(40.44, -124.35),
  place(41, -124.15),
  place(42, -124.2),
];

/** The largest cities; prices fall with the distance from them. */
export const LOS_ANGELES = place(34.05, -118.25);
export const SAN_FRANCISCO = place(37.77, -122.42);
export const BIG_CITIES: readonly Place[] = [LOS_ANGELES, place(32.72, -117.16), place(37.34, -121.89), SAN_FRANCISCO];
