import { log, pow } from '../../stats/elementary.ts';
import type { Trial } from '../trial.ts';
import { definePruner } from './pruner.ts';
import { isStoppedOnARung, lastStepOf } from './rungs.ts';

const ETA = 3;
/** In Optuna the name of the study, which would make the same study under another name stop other trials. */
const STUDY = 'mlops';

/**
 * `optuna.pruners.HyperbandPruner` with its defaults (Li et al. 2018): successive halving several times over, with first rungs at 1, 3, 9, … steps, since
 * nobody knows how early a bad trial can be told. Which of them a trial takes part in follows from its number.
 */
export const hyperband = definePruner({
  id: 'hyperband',
  summary: 'successive halving with several first rungs, for when nobody knows how early a bad trial can be told',
  shouldPrune(trial, { direction, trials }) {
    const brackets = bracketsOf(trials.filter(({ number }) => number < trial.number));
    if (!brackets) return false;
    const own = bracketOf(trial, brackets);
    return isStoppedOnARung(
      trial,
      { direction, trials },
      {
        ladderAt: (ended) => (lastStepOf(ended) === null ? null : { first: Math.round(pow(ETA, own)), eta: ETA }),
        isRival: (other) => bracketOf(other, brackets) === own,
      },
    );
  },
});

/** How many trials each bracket gets among how many; null until a trial is complete. */
function bracketsOf(earlier: readonly Trial[]): readonly number[] | null {
  const first = earlier.findIndex(({ state, reports }) => state === 'complete' && reports.length > 0);
  if (first === -1) return null;
  const most = lastStepOf(earlier.slice(0, first + 1))! + 1;
  const n = Math.floor(log(most) / log(ETA)) + 1;
  return Array.from({ length: n }, (_, bracket) =>
    Math.ceil((n * Math.round(pow(ETA, n - 1 - bracket))) / (n - bracket)),
  );
}

function bracketOf({ number }: Trial, brackets: readonly number[]): number {
  let place = crc32(`${STUDY}_${number}`) % brackets.reduce((sum, budget) => sum + budget, 0);
  return brackets.findIndex((budget) => {
    place -= budget;
    return place < 0;
  });
}

/** The checksum of a text of ASCII characters that Optuna takes (`zlib.crc32`). */
function crc32(text: string): number {
  let crc = 0xffffffff;
  for (const character of text) {
    crc ^= character.charCodeAt(0);
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
