import { cramerVonMisesP, exactCramerVonMisesP } from '../../stats/cramer-von-mises.ts';
import { square } from '../../stats/elementary.ts';
import { defineDriftTest, type NumericSamples } from './drift-test.ts';
import { visitValues } from './two-samples.ts';

/** As in scipy, the p-value is exact where neither table has more values. */
const FEW = 20;

/** `scipy.stats.cramervonmises_2samp`; the statistic is 0 where it would be below, as it can be with equal values. */
export const cramerVonMises = defineDriftTest({
  id: 'cramer_von_mises',
  name: 'Cramér–von Mises',
  summary: 'Cramér–von Mises: the p-value of the squared difference between the distribution functions',
  kind: 'p_value',
  columnKinds: ['numeric'],
  threshold: 0.01,
  compare(samples) {
    const [n, m] = [samples.reference.length, samples.current.length];
    const u = rankDistance(samples);
    const t = u / (n * m * (n + m)) - (4 * n * m - 1) / (6 * (n + m));
    const pValue = Math.max(n, m) <= FEW ? exactCramerVonMisesP(u, n, m) : cramerVonMisesP(t, n, m);
    return { statistic: Math.max(0, t), pValue };
  },
});

/** n Σ (rank of the i-th reference value among all − i)² + m Σ (… of the j-th current value − j)², with mean ranks. */
function rankDistance(samples: NumericSamples): number {
  const [n, m] = [samples.reference.length, samples.current.length];
  let u = 0;
  visitValues(samples, (_, below, currentBelow, equal, currentEqual) => {
    const rank = below + currentBelow + (equal + currentEqual + 1) / 2;
    for (let i = 1; i <= equal; i++) u += n * square(rank - below - i);
    for (let i = 1; i <= currentEqual; i++) u += m * square(rank - currentBelow - i);
  });
  return u;
}
