import { expect, it } from 'vitest';
import { alikeLabelWarnings } from './alike-labels.ts';

const warningsOf = (...labels: string[]) => {
  const classes = [...new Set(labels)];
  const values = Float64Array.from(labels, (label) => classes.indexOf(label));
  return alikeLabelWarnings({ type: 'multiclass', classes, values }, 'y');
};

it.each([
  ['ckd', 'ckd\t', 'notckd'],
  ['>50K', '>50K.', '<=50K'],
  ['Yes', 'yes', 'No'],
  ['New York', 'new_york', 'Rome'],
  ['covid-19', 'Covid 19', 'none'],
])('classes %j and %j are alike', (one, other, third) => {
  expect(warningsOf(one, one, other, third)).toEqual([
    `the target "y" has classes that differ only in case, blanks or punctuation: ${JSON.stringify(one)} (2), ${JSON.stringify(other)} (1); write them alike, or models learn them as different`,
  ]);
});

it.each([
  [['>50K', '<=50K']],
  [['A', 'A+', 'A-']],
  [['1', '-1', '1.5', '15']],
  [['1.5 kg', '15 kg', '1 5 kg']],
  [['non-smoker', 'smoker']],
  [['No', 'Yes']],
])('classes %j are not', (labels) => {
  expect(warningsOf(...labels)).toEqual([]);
});
