import { createRandom, type Random } from '../random/random.ts';
import { exp } from '../stats/elementary.ts';
import { type ColumnDescription, defineGenerator, type GeneratedRow, round, tableOfRows } from './generator.ts';

const SHARE = 0.002;
const DAY = 86_400;

/** Standard deviation of each component, falling from V1 to V28 as those of a principal component analysis do. */
const SPREAD = Array.from({ length: 28 }, (_, i) => 1.96 - (1.63 * i) / 27);
/** How far an average fraud lies from honest payments, in standard deviations. */
const SHIFT: Readonly<Record<number, number>> = {
  2: -1.6,
  3: 1.7,
  6: -1.4,
  9: -1.9,
  10: 1.5,
  11: -2.1,
  13: -2.4,
  15: -1.7,
  16: -2.4,
  17: -1.1,
};

const components: ColumnDescription[] = SPREAD.map((_, i) => ({
  name: `V${i + 1}`,
  summary: `component ${i + 1} of what is known of the payment`,
}));
const columns: readonly ColumnDescription[] = [
  { name: 'Time', summary: 'seconds since the first payment, over two days' },
  ...components,
  { name: 'Amount', summary: 'amount, EUR' },
  { name: 'Class', summary: 'target: 1 for fraud (0.2 %)' },
];

/** Card payments of two days, as rare in fraud as the real ones: exactly 0.2 % of the rows, at least one. */
export const creditFraud = defineGenerator({
  id: 'credit_fraud',
  summary: 'card payments with 0.2 % frauds; binary classification of a rare class',
  defaultRows: 10_000,
  file: 'data/credit_data.csv',
  target: 'Class',
  task: 'classification',
  columns: [columns[0]!, columns[29]!, ...components, columns[30]!],
  generate({ rows, seed }) {
    const random = createRandom(seed, 'credit_fraud');
    const nFrauds = Math.max(1, Math.round(SHARE * rows));
    const isFraud = random.shuffle(Array.from({ length: rows }, (_, i) => i < nFrauds));
    const payments = isFraud.map((fraud) => payment(random, fraud));
    return tableOfRows(
      this.columns,
      payments.sort((a, b) => Number(a.Time) - Number(b.Time)),
    );
  },
});

function payment(random: Random, fraud: boolean): GeneratedRow {
  // A few honest payments are far out too, and some frauds hide: neither class is a clean cloud.
  const wild = !fraud && random.uniform() < 0.01 ? 2 : 1;
  const severity = fraud ? 1.02 * exp(0.4 * random.normal()) : 0;
  const row: Record<string, number> = { Time: timeOfDay(random, fraud), Amount: amount(random, fraud) };
  for (const [i, spread] of SPREAD.entries()) {
    const noise = random.normal() * (fraud ? 1.3 : wild);
    row[`V${i + 1}`] = round(spread * (noise + severity * (SHIFT[i] ?? 0)), 4);
  }
  return { ...row, Class: Number(fraud) };
}

/** Honest payments pause at night, frauds do not. */
function timeOfDay(random: Random, fraud: boolean): number {
  for (;;) {
    const time = Math.floor(random.uniform() * 2 * DAY);
    const hour = (time % DAY) / 3600;
    if (fraud || hour > 6 || random.uniform() < 0.2) return time;
  }
}

function amount(random: Random, fraud: boolean): number {
  const log = fraud ? 2.3 + 2.1 * random.normal() : 3.1 + 1.65 * random.normal();
  return round(Math.min(25_691, exp(log)), 2);
}
