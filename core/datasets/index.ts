import { createRegistry } from '../registry/registry.ts';
import { californiaHousing } from './california-housing.ts';
import { creditFraud } from './credit-fraud.ts';
import { customerChurn } from './customer-churn.ts';

/** All dataset generators. */
export const generators = createRegistry('generator', [californiaHousing, creditFraud, customerChurn]);
