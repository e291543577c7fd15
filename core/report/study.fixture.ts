import type { StudyResult } from '../tuning/study-result.ts';

type Trial = StudyResult['trials'][number];

export function aTrial(number: number, value: number | null, changes: Partial<Trial> = {}): Trial {
  return {
    ...{ number, value, state: 'complete', params: { max_depth: number, max_features: 'sqrt' } },
    ...{ lastStep: 10, isCurrent: false, failure: null },
    ...changes,
  };
}

/** A study that found better parameters, and wrote them. */
export function aStudy(changes: Partial<StudyResult> = {}): StudyResult {
  return {
    ...{ dataset: 'churn', model: 'random_forest', metric: 'roc_auc', direction: 'maximize' },
    ...{ journal: '.mlops/tuning/churn_random_forest.journal', planned: 5, ended: 'complete' },
    trials: [
      aTrial(0, 0.8, { isCurrent: true, params: { max_features: null } }),
      aTrial(1, 0.7),
      aTrial(2, 0.85),
      aTrial(3, 0.6, { state: 'pruned' }),
      aTrial(4, null, { state: 'failed', failure: 'no row' }),
    ],
    best: 2,
    judgement: {
      ...{ current: 0.81, winner: 0.83, gain: 0.02, standardError: 0.005 },
      ...{ pValue: 0.0004, smallestGain: 0.0149, isBetter: true },
    },
    run: '20261129-120000-churn-random_forest-0badc0de',
    written: 'mlops.yml',
    ...changes,
  };
}
