import { accuracySuite } from './accuracy.ts';
import { classesSuite } from './classes.ts';
import { csvSuite } from './csv.ts';
import { datasetsSuite } from './datasets.ts';
import { linearSuite } from './linear.ts';
import { memorySuite } from './memory.ts';
import { pipelineSuite } from './pipeline.ts';
import { predictSuite } from './predict.ts';
import { runsSuite } from './runs.ts';
import type { Suite } from './suite.ts';
import { tablesSuite } from './tables.ts';
import { textSuite } from './text.ts';
import { treesSuite } from './trees.ts';

/** What `npm run bench` measures, in this order. */
export const SUITES: readonly Suite[] = [
  csvSuite,
  datasetsSuite,
  treesSuite,
  linearSuite,
  memorySuite,
  predictSuite,
  accuracySuite,
  pipelineSuite,
  runsSuite,
  tablesSuite,
  textSuite,
  classesSuite,
];
