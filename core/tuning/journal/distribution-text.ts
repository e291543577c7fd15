import type { Distribution } from '../distribution.ts';

/** A distribution as Optuna writes it: JSON in a text, which stands in the JSON of a line. */
export function distributionText(distribution: Distribution): string {
  return JSON.stringify(optunaForm(distribution));
}

/** Whether a text means this distribution, whoever wrote it. */
export function meansDistribution(text: string, distribution: Distribution): boolean {
  try {
    return sorted(JSON.parse(text)) === sorted(optunaForm(distribution));
  } catch {
    return false;
  }
}

function optunaForm(distribution: Distribution) {
  if (distribution.type === 'categorical')
    return { name: 'CategoricalDistribution', attributes: { choices: distribution.choices } };
  const { type, low, high, log, step } = distribution;
  return type === 'float'
    ? { name: 'FloatDistribution', attributes: { step, low, high, log } }
    : { name: 'IntDistribution', attributes: { log, step, low, high } };
}

/** Python and JavaScript write the same value in different orders, and 1 as 1.0. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    each !== null && typeof each === 'object' && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}
