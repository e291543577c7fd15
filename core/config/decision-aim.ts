import type { RuleAim } from '../models/decision/fit-rule.ts';
import type { DatasetConfig } from './dataset-keys.ts';

/** What is made of a dataset's probabilities; null: nothing beyond the usual threshold of 0.5. */
export function decisionAim({
  threshold,
  cost,
  calibration,
}: Pick<DatasetConfig, 'threshold' | 'cost' | 'calibration'>): RuleAim | null {
  if (threshold === 0.5 && calibration === null) return null;
  return { calibration, threshold: threshold === 'cost' ? { costs: cost! } : threshold };
}
