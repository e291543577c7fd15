import { log } from '../../stats/elementary.ts';
import { defineDriftTest } from './drift-test.ts';
import { sharesOf } from './shares.ts';

/** `scipy.spatial.distance.jensenshannon`: the square root of the divergence, with natural logarithms; at most √ln 2 = .83. */
export const jensenshannon = defineDriftTest({
  id: 'jensenshannon',
  name: 'Jensen–Shannon',
  summary: 'Jensen–Shannon distance between the shares of categories, or of ranges of numbers',
  kind: 'distance',
  columnKinds: ['numeric', 'categorical'],
  threshold: 0.1,
  compare(samples) {
    const { reference, current } = sharesOf(samples);
    let divergence = 0;
    for (let k = 0; k < reference.length; k++) {
      const middle = (reference[k]! + current[k]!) / 2;
      divergence += (relative(reference[k]!, middle) + relative(current[k]!, middle)) / 2;
    }
    return { statistic: Math.sqrt(Math.max(0, divergence)), pValue: null };
  },
});

function relative(share: number, middle: number): number {
  return share === 0 ? 0 : share * log(share / middle);
}
