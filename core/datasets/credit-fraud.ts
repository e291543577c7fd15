import { createRandom, type Random } from '../random/random.ts';
import { exp } from '../stats/elementary.ts';
import type { NumericColumn } from '../table/table.ts';
import { creditFraudFeatures, type Payment } from './credit-fraud-features.ts';
import { type ColumnDescription, defineGenerator, round, tableOfRows } from './generator.ts';
import { COMPONENTS, FRAUD_SHIFTS, SPREADS } from './payment-components.ts';

const SHARE = 0.002;
const DAY = 86_400;

/** Share of frauds that look like honest payments, so that the classes are not separable, as in the original. */
const HIDDEN_SHARE = 0.18;

const measured: readonly ColumnDescription[] = [
  { name: 'Time', summary: 'time since the first midnight, over two days', unit: 's' },
  { name: 'Amount', summary: 'amount of the payment', unit: 'EUR' },
  ...COMPONENTS.map((name, i) => ({ name, summary: `principal component ${i + 1} of the payment's hidden features` })),
  { name: 'Class', summary: 'target: 1 for fraud (0.2 %), else 0' },
];

/**
 * Card payments of two days, with as few frauds as the original: exactly round(0.002 · rows), but at least 2, so that the
 * training and the test set can have one each.
 */
export const creditFraud = defineGenerator({
  id: 'credit_fraud',
  summary: 'card payments with 0.2 % frauds; binary classification of a rare class',
  defaultRows: 10_000,
  file: 'data/credit_data.csv',
  target: 'Class',
  task: 'classification',
  columns: [...measured, ...creditFraudFeatures],
  // Amounts rise over the two days, one component is rescaled, another is sometimes missing, and fraud is more frequent.
  drift: [
    { id: 'slow_trend', column: 'Amount', by: 0.5 },
    { id: 'scale', column: 'V4', factor: 1.3 },
    { id: 'missing', column: 'V11', share: 0.05 },
    { id: 'label_shift', column: 'Class', value: '1', share: 0.006 },
  ],
  generate({ rows, seed }) {
    const random = createRandom(seed, 'credit_fraud');
    const nFrauds = Math.max(2, Math.round(SHARE * rows));
    const isFraud = random.shuffle(Array.from({ length: rows }, (_, i) => i < nFrauds));
    const table = tableOfRows(measured, creditFraudFeatures, payments(random, isFraud));
    const times = (table.column('Time') as NumericColumn).values;
    return table.take(Uint32Array.from(times.keys()).sort((a, b) => times[a]! - times[b]! || a - b));
  },
});

function* payments(random: Random, isFraud: readonly boolean[]) {
  for (const fraud of isFraud) yield payment(random, fraud);
}

function payment(random: Random, fraud: boolean): Payment {
  const severity = fraud ? severityOf(random) : 0;
  // Some payments are unusual in all components, which gives each heavy tails; frauds vary more than others.
  const scale = 0.86 * exp(0.35 * random.normal()) * (1 + 0.25 * Math.min(severity, 2));
  const row: Record<string, number> = { Time: timeOf(random, fraud), Amount: amountOf(random, fraud) };
  for (const [i, name] of COMPONENTS.entries()) {
    row[name] = round(SPREADS[i]! * scale * random.normal() + severity * (FRAUD_SHIFTS[i] ?? 0), 4);
  }
  row.Class = Number(fraud);
  return row;
}

/** How far a fraud is shifted towards typical frauds: about 1, or about 0.25 for hidden ones. */
function severityOf(random: Random): number {
  const hidden = random.uniform() < HIDDEN_SHARE;
  return (hidden ? 0.25 : 1) * exp(0.35 * random.normal());
}

/** Honest payments pause at night, frauds do not. */
function timeOf(random: Random, fraud: boolean): number {
  for (;;) {
    const time = Math.floor(random.uniform() * 2 * DAY);
    const hour = (time % DAY) / 3600;
    if (fraud || hour > 6 || random.uniform() < 0.2) return time;
  }
}

function amountOf(random: Random, fraud: boolean): number {
  const log = fraud ? 2.3 + 2.1 * random.normal() : 3.1 + 1.65 * random.normal();
  return round(Math.min(25_691, exp(log)), 2);
}
