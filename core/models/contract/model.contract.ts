import type { Check } from './check.fixture.ts';
import { classChecks } from './classes.contract.ts';
import { edgesChecks } from './edges.contract.ts';
import { explainChecks } from './explain.contract.ts';
import { fileChecks } from './file.contract.ts';
import { fitChecks } from './fit.contract.ts';
import { learningChecks } from './learning.contract.ts';
import { paramsChecks } from './params.contract.ts';
import { predictChecks } from './predict.contract.ts';
import { stepsChecks } from './steps.contract.ts';
import { weightChecks } from './weights.contract.ts';

/** All that a model promises, by subject. */
export const modelContract: readonly Check[] = [
  ...fitChecks,
  ...stepsChecks,
  ...predictChecks,
  ...fileChecks,
  ...classChecks,
  ...weightChecks,
  ...edgesChecks,
  ...learningChecks,
  ...explainChecks,
  ...paramsChecks,
];
