import { createRegistry } from '../registry/registry.ts';
import { dummy } from './dummy.ts';
import { gradientBoosting } from './gradient-boosting.ts';
import { linearRegression } from './linear-regression.ts';
import { logisticRegression } from './logistic-regression.ts';
import { mljsDecisionTree } from './mljs/decision-tree.ts';
import { mljsLogisticRegression } from './mljs/logistic-regression.ts';
import { mljsRandomForest } from './mljs/random-forest.ts';
import { randomForest } from './random-forest.ts';

/** The models there are, in the order they are offered. */
export const models = createRegistry('model', [
  randomForest,
  gradientBoosting,
  linearRegression,
  logisticRegression,
  dummy,
  mljsRandomForest,
  mljsDecisionTree,
  mljsLogisticRegression,
]);
