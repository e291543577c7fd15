import { describe, expect, it } from 'vitest';
import { hardBarsOf, hardCellsOf } from './hard-bars.ts';
import { hardGroups } from './hard-plan.ts';
import type { HardObservation } from './hard-replicate.ts';

const [group] = hardGroups;

/** A thousand replicates: so many alarms, and of `possible` harmful changes so many caught. */
function cell(alarms: number, caught: number, possible = 1000) {
  const observations = Array.from({ length: 1000 }, (_, i): HardObservation => {
    const harmful = i < possible ? { noise: { drop: 0.2, fails: i < caught } } : {};
    const later = { fails: i < alarms, smallest: 0.1, harmful };
    const first = { fails: false, smallest: 0.1, harmful: { noise: { drop: 0.2, fails: false } } };
    return { kind: 'twin', metric: 'accuracy', drop: i % 2, first, later };
  });
  return hardCellsOf(group!, observations)[0]!;
}
const reached = (...counts: Parameters<typeof cell>) => hardBarsOf(cell(...counts)).map((bar) => bar.reached);

describe('hardBarsOf', () => {
  it('are reached at their very edge', () => {
    expect(reached(18, 870)).toEqual([true, true, true]);
  });
  it('are missed one by one', () => {
    expect(reached(19, 870)).toEqual([true, false, true]);
    expect(reached(18, 869)).toEqual([true, true, false]);
  });
  it('promise no catches where too few replicates can lose as much', () => {
    expect(reached(18, 0, 899)).toEqual([true, true]);
    expect(reached(18, 0, 900)).toEqual([true, true, false]);
  });
});

describe('hardCellsOf', () => {
  it('tells what the harmless change did, and how much harm was done of what was aimed at', () => {
    const {
      drop,
      later: { printed, caught },
    } = cell(0, 0);
    expect(drop.mean).toBe(0.5);
    expect(drop.error).toBeCloseTo(0.5 / Math.sqrt(999), 9);
    expect(printed).toBe(0.1);
    expect(caught.map(({ harm, count, realised }) => [harm, count.n, realised])).toEqual([
      ['noise', 1000, 2],
      ['mix-up', 0, Number.NaN],
    ]);
  });
});
