import type { ColumnDrift, DatasetDrift, Drift, TestResult } from '../drift/drift-result.ts';
import { aDrift } from './report.fixture.ts';

function aTest(changes: Partial<TestResult> = {}): TestResult {
  return {
    test: 'wasserstein',
    kind: 'distance',
    statistic: 0.41,
    threshold: 0.1,
    pValue: 0.00001,
    adjustedPValue: 0.0002,
    drifted: true,
    n: { reference: 5000, current: 4000 },
    ...changes,
  };
}

export function aColumn(changes: Partial<ColumnDrift> = {}): ColumnDrift {
  return {
    column: 'MonthlyCharges',
    role: 'feature',
    status: 'drifted',
    why: null,
    values: aTest(),
    numbers: {
      reference: { median: 70, iqr: 20, min: 18, max: 117 },
      current: { median: 89, iqr: 22, min: 19, max: 140 },
    },
    category: null,
    missing: { reference: 0, current: 0, test: null },
    ...changes,
  };
}

const category = { category: 'Mobile wallet', reference: 0, current: 0.124 };
const jensenshannon = aTest({ test: 'jensenshannon', statistic: 0.214 });
const stable = { drifted: false, statistic: 0.02, adjustedPValue: 1, pValue: 0.6 };

/** Every way in which a column may end, and everything that data quality may say. */
export function aDriftOfEverything(changes: Partial<Drift> = {}): Drift {
  return {
    rows: { reference: 5000, current: 4000 },
    drifted: true,
    maxShare: 0.3,
    judged: 8,
    moved: ['zip', 'MonthlyCharges', 'PaymentMethod', 'Churn', 'HouseAge', 'V4', 'Contract'],
    share: 0.875,
    columns: [
      aColumn(),
      aColumn({ column: 'PaymentMethod', values: jensenshannon, numbers: null, category }),
      aColumn({
        column: 'Churn',
        role: 'target',
        values: aTest({ test: 'jensenshannon', statistic: 0.06, threshold: 0.02 }),
        numbers: null,
        category: { category: 'Yes', reference: 0.265, current: 0.35 },
      }),
      aColumn({
        column: 'HouseAge',
        values: aTest(stable),
        missing: { reference: 0.001, current: 0.08, test: aTest({ test: 'jensenshannon', statistic: 0.17 }) },
      }),
      aColumn({
        column: 'V4',
        numbers: {
          reference: { median: 0.01, iqr: 1.6, min: -5, max: 5 },
          current: { median: 0.02, iqr: 2.1, min: -6, max: 6 },
        },
      }),
      aColumn({
        column: 'Contract',
        values: aTest({ test: 'chisquare', kind: 'p_value', statistic: 80, threshold: 0.01 }),
        numbers: null,
        category: { category: 'Two year', reference: 0.2, current: 0.3 },
      }),
      aColumn({
        column: 'zip',
        status: 'changed',
        why: 'numbers in the reference table, text in the current one',
        values: null,
        numbers: null,
      }),
      aColumn({ column: 'tenure', status: 'stable', values: aTest(stable) }),
      aColumn({
        column: 'customerID',
        status: 'not_judged',
        why: 'it identifies the row',
        values: null,
        numbers: null,
      }),
    ],
    quality: {
      duplicates: { reference: 0.001, current: 0.2 },
      onlyInReference: ['old_a', 'old_b'],
      onlyInCurrent: [...'abcdefg'],
      typeChanges: [{ column: 'zip', reference: 'numbers', current: 'text' }],
      newCategories: [{ column: 'PaymentMethod', categories: ['Mobile wallet'], share: 0.124 }],
      outOfRange: [{ column: 'MonthlyCharges', share: 0.03, reference: [18, 117], current: [19, 140] }],
    },
    ...changes,
  };
}

export function aDatasetDrift(changes: Partial<DatasetDrift> = {}): DatasetDrift {
  return {
    dataset: 'churn',
    reference: 'data/churn.csv',
    current: 'data/june.csv',
    drift: aDriftOfEverything(),
    gate: aDrift({ outcome: 'fail', reason: 'past_share', share: 0.875 }),
    ...changes,
  };
}
