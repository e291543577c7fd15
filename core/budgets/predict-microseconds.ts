import { defineBudget } from './budget.ts';

/** From the table's values to predictions, a fold's rows at a time. */
export const predictMicroseconds = defineBudget({
  id: 'predict_microseconds',
  summary: 'processor time of predicting a row, mean over all rows and repeats',
  unit: 'µs',
  measure({ timings, split, data }) {
    const predictions = data.rows * split.repeats;
    return timings.cpu === undefined || predictions === 0 ? null : (1e6 * timings.cpu.predictSeconds) / predictions;
  },
  time: {
    seconds: ({ timings, split }) => (timings.cpu ? timings.cpu.predictSeconds / split.repeats : null),
    secondsOfFold: ({ predictSeconds }) => predictSeconds,
    costOfFold: ({ predictSeconds, rows }) => (1e6 * predictSeconds) / rows,
    addsUp: true,
  },
});
