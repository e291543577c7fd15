/** A value that a trial gives a parameter. */
export type ParamValue = string | number | boolean | null;

/** What values a parameter may take in a search, as Optuna describes it. */
export type Distribution =
  /** `step` null: every number from `low` to `high`. */
  | {
      readonly type: 'float';
      readonly low: number;
      readonly high: number;
      readonly log: boolean;
      readonly step: number | null;
    }
  | { readonly type: 'int'; readonly low: number; readonly high: number; readonly log: boolean; readonly step: number }
  | { readonly type: 'categorical'; readonly choices: readonly ParamValue[] };

/** The parameters that a search varies. */
export type SearchSpace = Readonly<Record<string, Distribution>>;

/** A grid of steps ends at its last point, as Optuna has it. */
export function float(low: number, high: number, { log = false, step = null }: Partial<Spacing> = {}): Distribution {
  return { type: 'float', low, high: step === null ? high : lastPoint(low, high, step), log, step };
}

export function int(low: number, high: number, { log = false, step = null }: Partial<Spacing> = {}): Distribution {
  return { type: 'int', low, high: lastPoint(low, high, step ?? 1), log, step: step ?? 1 };
}

export function categorical(...choices: readonly ParamValue[]): Distribution {
  return { type: 'categorical', choices };
}

function lastPoint(low: number, high: number, step: number): number {
  return high < low ? high : decimal(low + Math.floor((high - low) / step + 1e-8) * step);
}

/** A sum such as .4 + 2 × .1 as the decimal that people write. */
function decimal(sum: number): number {
  return Number(sum.toPrecision(12));
}

interface Spacing {
  readonly log: boolean;
  readonly step: number | null;
}

/** Whether a search could draw this value. */
export function contains(distribution: Distribution, value: unknown): boolean {
  if (distribution.type === 'categorical') return distribution.choices.includes(value as ParamValue);
  if (typeof value !== 'number' || !(value >= distribution.low && value <= distribution.high)) return false;
  const { step, low } = distribution;
  if (step === null) return true;
  const steps = (value - low) / step;
  return Math.abs(steps - Math.round(steps)) < 1e-8;
}

/** The value as a number: of a category its place among the choices. */
export function toNumber(distribution: Distribution, value: ParamValue): number {
  return distribution.type === 'categorical' ? distribution.choices.indexOf(value) : (value as number);
}

/** The nearest value that the distribution has. */
export function fromNumber(distribution: Distribution, number: number): ParamValue {
  if (distribution.type === 'categorical') return distribution.choices[number]!;
  const { low, high, step } = distribution;
  if (step === null) return Math.min(high, Math.max(low, number));
  return Math.min(high, decimal(low + Math.max(0, Math.round((number - low) / step)) * step));
}

/** Whether there is nothing to search: the distribution has one value. */
export function isSingle(distribution: Distribution): boolean {
  if (distribution.type === 'categorical') return distribution.choices.length === 1;
  return distribution.low === distribution.high;
}
