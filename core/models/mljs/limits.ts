import { ConfigError } from '../../errors/app-error.ts';
import type { FitContext, TrainingData } from '../model.ts';

const LONG_SECONDS = 10;

/**
 * Says before a slow library starts what it cannot do, and how long it will take.
 *
 * @param cost.seconds what one fit is expected to take.
 * @throws ConfigError for more rows than `maxRows`, or rows with weights.
 */
export function checkLimits(
  model: string,
  { target, weights }: TrainingData,
  cost: { readonly maxRows: number; readonly seconds: number; readonly instead: string },
  { warn }: Pick<FitContext, 'warn'>,
): void {
  const { maxRows, seconds, instead } = cost;
  if (weights) {
    throw new ConfigError({
      place: `models.${model}`,
      message: 'cannot weight rows: its library treats all rows the same',
      next: `use ${instead}, or leave the weights out`,
    });
  }
  if (target.length > maxRows) {
    throw new ConfigError({
      place: `models.${model}.max_rows`,
      message: `a fit on this many rows would take ${aboutTime(seconds)}`,
      found: `${target.length} training rows`,
      allowed: `at most ${maxRows}`,
      next: `use ${instead}, which is fast, or raise max_rows`,
    });
  }
  if (seconds > LONG_SECONDS) warn(`${model} takes ${aboutTime(seconds)} a fit; ${instead} is fast`);
}

/** `about 25 s`, `about 3.5 min`, `about 12 h`: two digits. */
function aboutTime(seconds: number): string {
  const [amount, unit] = seconds < 90 ? [seconds, 's'] : seconds < 5400 ? [seconds / 60, 'min'] : [seconds / 3600, 'h'];
  return `about ${Number(amount.toPrecision(2))} ${unit}`;
}
