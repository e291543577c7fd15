import { describe, expect, it } from 'vitest';
import type { Samples } from './drift-test.ts';
import { driftTests } from './index.ts';
import { someCategories, someNumbers } from './samples.fixture.ts';
import { earthMoved } from './wasserstein.ts';

const SIZES = { small: [500, 400], large: [2000, 1500] } as const;
const TOLERANCE = 1e-12;

// scipy 1.17.1: `ks_2samp(r, c)`, `wasserstein_distance(r, c) / r.std()`, `chi2_contingency([r, c], correction=False)`,
// `scipy.spatial.distance.jensenshannon(r / n, c / m)`. Evidently 0.7.21: the stattests `jensenshannon` and `psi` of numbers, `psi` of
// categories; of the others it gives the same values as scipy.
describe.each<
  [id: (typeof driftTests.ids)[number], kind: Samples['kind'], size: keyof typeof SIZES, statistic: number, p?: number]
>([
  ['wasserstein', 'numeric', 'small', 0.10030777087974423],
  ['wasserstein', 'numeric', 'large', 0.09171405890871752],
  ['jensenshannon', 'numeric', 'small', 0.12050860117457846],
  ['jensenshannon', 'numeric', 'large', 0.08800192474705533],
  ['jensenshannon', 'categorical', 'small', 0.2930808439429521],
  ['jensenshannon', 'categorical', 'large', 0.29509550774285304],
  ['psi', 'numeric', 'small', 0.11810402408495738],
  ['psi', 'numeric', 'large', 0.06246300752318636],
  ['psi', 'categorical', 'small', 1.5398531649011675],
  ['psi', 'categorical', 'large', 1.5609353534210708],
  ['ks', 'numeric', 'small', 0.095, 0.03398760694204891],
  ['ks', 'numeric', 'large', 0.08266666666666667, 1.5412356673927095e-5],
  ['chisquare', 'categorical', 'small', 114.49479270047635, 1.3733197372902695e-25],
  ['chisquare', 'categorical', 'large', 442.00286367774703, 1.0478464820287643e-96],
])('%s of %s samples, %s', (id, kind, size, statistic, p) => {
  it('equals the original', () => {
    const [n, m] = SIZES[size];
    const found = driftTests.get(id).compare(kind === 'numeric' ? someNumbers(n, m) : someCategories(n, m));
    expect(Math.abs(found.statistic / statistic - 1)).toBeLessThan(TOLERANCE);
    if (p === undefined) expect(found.pValue).toBeNull();
    else expect(Math.abs(found.pValue! / p - 1)).toBeLessThan(1e-9);
  });
});

it('earthMoved equals scipy.stats.wasserstein_distance', () => {
  const { reference, current } = someNumbers(31, 47);
  expect(earthMoved(reference, current)).toBeCloseTo(1.0961275339739192, 12);
});
