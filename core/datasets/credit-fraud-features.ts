import { log } from '../stats/elementary.ts';
import { type Feature, round } from './generator.ts';
import { COMPONENTS, SPREADS } from './payment-components.ts';

const DAY = 86_400;

/** The original columns that a feature may be computed from: Time, Amount and V1 … V28. */
export type Payment = Readonly<Record<string, number>>;

const component = (row: Payment, i: number) => row[COMPONENTS[i]!]!;
const norm = (row: Payment, from: number, to: number) => {
  let sum = 0;
  for (let i = from; i < to; i++) sum += component(row, i) * component(row, i);
  return round(Math.sqrt(sum), 4);
};
const hour = (row: Payment) => (row.Time! % DAY) / 3600;

/** Features that a practitioner would add to the original columns. */
export const creditFraudFeatures: readonly Feature<Payment>[] = [
  { name: 'hour', summary: 'hour of the day', unit: 'h', of: (row) => round(hour(row), 2) },
  { name: 'is_night', summary: '1 from midnight to 6:00', of: (row) => Number(hour(row) < 6) },
  { name: 'is_second_day', summary: '1 on the second of the two days', of: (row) => Number(row.Time! >= DAY) },
  { name: 'log_amount', summary: 'natural logarithm of 1 + Amount', of: (row) => round(log(1 + row.Amount!), 4) },
  {
    name: 'is_whole_amount',
    summary: '1 where Amount has no cents',
    of: (row) => Number(Number.isInteger(row.Amount)),
  },
  {
    name: 'is_tiny_amount',
    summary: '1 for amounts up to 1 EUR, typical of testing a stolen card',
    of: (row) => Number(row.Amount! <= 1),
  },
  { name: 'norm', summary: 'length of the vector V1 … V28', of: (row) => norm(row, 0, SPREADS.length) },
  { name: 'norm_first', summary: 'length of V1 … V9', of: (row) => norm(row, 0, 9) },
  { name: 'norm_middle', summary: 'length of V10 … V18', of: (row) => norm(row, 9, 18) },
  {
    name: 'n_unusual',
    summary: 'components more than three standard deviations of honest payments from 0',
    of: (row) => SPREADS.filter((spread, i) => Math.abs(component(row, i)) > 3 * spread).length,
  },
];
