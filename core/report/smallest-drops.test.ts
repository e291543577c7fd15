import { expect, it } from 'vitest';
import { aLimit, aReport, aVerdict } from './report.fixture.ts';
import { smallestDrops } from './smallest-drops.ts';
import { toTerminal } from './to-terminal.ts';

const printed = (...gate: Parameters<typeof aLimit>) =>
  smallestDrops(aReport({ verdict: aVerdict({ gates: [aLimit(...gate)] }) }))
    .map(toTerminal)
    .join('\n');

const few = [
  { baseline: 0.6, drop: 0.01 },
  { standardError: 0.32, smallestDrop: 1.76, mostDrop: 0.6 },
] as const;
it.each([
  ['as large as it is', printed({}, {}, { smallestDrop: 0.01 }), 'a true drop of 0.0100 is caught nine times in ten'],
  [
    'and never larger than the metric can fall',
    printed({ metric: 'f1' }, ...few),
    'churn f1: with so few rows no drop from 0.6000 is sure to be caught, not even the largest that there can be (standard error 0.3200)',
  ],
  [
    'where the limit allows any',
    printed({ metric: 'f1', allowed: 0.7 }, ...few),
    'the limit of 0.7000 allows any drop from 0.6000',
  ],
  [
    'where something has moved, and not as 0',
    printed({ metric: 'mae', direction: 'minimize', allowed: 0.1 }, {}, { standardError: 0, smallestDrop: 0.1 }),
    'no row is scored otherwise than in the baseline, so it is not known yet which rise is caught',
  ],
  [
    'of an error that can grow without end',
    printed({ metric: 'rmse', direction: 'minimize' }, { baseline: 0.5, drop: 0 }, { smallestDrop: 12 }),
    'a true rise of 12.00 is caught nine times in ten',
  ],
])('the smallest drop is printed %s', (_, said, expected) => {
  expect(said).toContain(expected);
});
