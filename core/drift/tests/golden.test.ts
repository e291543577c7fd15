import { describe, expect, it } from 'vitest';
import { driftTests } from './index.ts';
import { someBinary, someCategories, someNumbers } from './samples.fixture.ts';
import { areaBetween } from './wasserstein.ts';

const SIZES = { small: [500, 400], large: [2000, 1500] } as const;
const SAMPLES = { numeric: someNumbers, categorical: someCategories, binary: someBinary } as const;
const TOLERANCE = 1e-12;

// scipy 1.17.1: `ks_2samp(r, c)`, `wasserstein_distance(r, c) / r.std()`, `chi2_contingency([r, c], correction=False)`,
// `scipy.spatial.distance.jensenshannon(r / n, c / m)`. Evidently 0.7.21: the stattests `jensenshannon` and `psi` of numbers, `psi` of
// categories; of the others it gives the same values as scipy. scipy 1.17.1: `entropy(r, c)` of filled shares, `energy_distance(r, c) / np.sqrt(spread)`,
// `anderson_ksamp([r, c])`, `cramervonmises_2samp(r, c)`, `epps_singleton_2samp(r, c)`, `mannwhitneyu(r, c)`, `ttest_ind(r, c)`,
// `chi2_contingency([r, c], correction=False, lambda_='log-likelihood')`, `fisher_exact([r, c])`. numpy: `hellinger`, `tvd`, `z`, and
// `mmd` by its definition over all pairs.
describe.each<
  [
    id: (typeof driftTests.ids)[number],
    kind: keyof typeof SAMPLES,
    size: keyof typeof SIZES,
    statistic: number,
    p?: number,
  ]
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
  ['kl_div', 'numeric', 'small', 0.0566739676519074],
  ['kl_div', 'categorical', 'small', 1.2552971064699967],
  ['hellinger', 'numeric', 'small', 0.12099987674342852],
  ['hellinger', 'categorical', 'small', 0.3372196510883897],
  ['tvd', 'categorical', 'small', 0.26349999999999996],
  ['energy', 'numeric', 'small', 0.09874998265345784],
  ['anderson', 'numeric', 'small', 2.14517268751404, 0.04255972061690164],
  ['cramer_von_mises', 'numeric', 'small', 0.34771259259258613, 0.0997953178523906],
  ['epps_singleton', 'numeric', 'small', 11.673206426777266, 0.01995426824656186],
  ['mannw', 'numeric', 'small', 0.020540000000000003, 0.28916132565207],
  ['t_test', 'numeric', 'small', 1.038742786336618, 0.2992039786806049],
  ['g_test', 'categorical', 'small', 148.0746988272977, 7.014354240049856e-33],
  ['z', 'binary', 'small', 2.7413093850718293, 0.00611948560202187],
  ['fisher_exact', 'binary', 'small', 0.08400000000000002, 0.006584077821679878],
  ['mmd', 'numeric', 'small', 0.07450933789378686],
  ['kl_div', 'numeric', 'large', 0.03033279107015756],
  ['kl_div', 'categorical', 'large', 1.2720182602889065],
  ['hellinger', 'numeric', 'large', 0.08818085502153408],
  ['hellinger', 'categorical', 'large', 0.33943765759493416],
  ['tvd', 'categorical', 'large', 0.26616666666666666],
  ['energy', 'numeric', 'large', 0.08914032927601957],
  ['cramer_von_mises', 'numeric', 'large', 1.115367142857167, 0.001323005408463307],
  ['epps_singleton', 'numeric', 'large', 43.02752451758973, 1.0212682765934323e-8],
  ['mannw', 'numeric', 'large', 0.018972666666666638, 0.0543686399725882],
  ['t_test', 'numeric', 'large', 1.8835742073611248, 0.05970547759558756],
  ['g_test', 'categorical', 'large', 574.4360581888317, 1.8314491337300088e-125],
  ['z', 'binary', 'large', 5.346336947577998, 8.975205835341159e-8],
  ['fisher_exact', 'binary', 'large', 0.08350000000000002, 8.935527301592693e-8],
])('%s of %s samples, %s', (id, kind, size, statistic, p) => {
  it('equals the original', () => {
    const [n, m] = SIZES[size];
    const found = driftTests.get(id).compare(SAMPLES[kind](n, m));
    expect(Math.abs(found.statistic / statistic - 1)).toBeLessThan(TOLERANCE);
    if (p === undefined) expect(found.pValue).toBeNull();
    // scipy ends the series of cramer_von_mises at a term of 1e-7.
    else expect(Math.abs(found.pValue! / p - 1)).toBeLessThan(id === 'cramer_von_mises' ? 1e-6 : 1e-9);
  });
});

it('areaBetween equals scipy.stats.wasserstein_distance', () => {
  expect(areaBetween(someNumbers(31, 47), (apart) => apart)).toBeCloseTo(1.0961275339739192, 12);
});

describe('of few values', () => {
  const few = {
    kind: 'numeric' as const,
    reference: Float64Array.of(1, 2, 3.5, 7),
    current: Float64Array.of(0, 0.5, 2.5, 3, 4, 9),
  };
  it.each([
    ['cramer_von_mises', 0.05833333333333335, 0.9476190476190476],
    ['mannw', 13 / 24 - 0.5, 0.9142857142857143],
  ])('%s is exact, as scipy’s is', (id, statistic, p) => {
    const found = driftTests.get(id).compare(few);
    expect(found.statistic).toBeCloseTo(statistic, 12);
    expect(found.pValue).toBeCloseTo(p, 12);
  });
});

// A parabola whose end is at .001 rises again at 27.7; scipy says .001 from 6.546 on.
it('the p-value of anderson goes on falling where its table ends', () => {
  const apart = (shift: number) => {
    const reference = Float64Array.from({ length: 200 }, (_, i) => i);
    return driftTests
      .get('anderson')
      .compare({ kind: 'numeric', reference, current: reference.map((value) => value + shift) });
  };
  const found = [20, 30, 40, 60, 100, 200].map(apart);
  expect(found.at(-1)!.statistic).toBeGreaterThan(100);
  for (const [i, { pValue }] of found.entries()) if (i > 0) expect(pValue).toBeLessThan(found[i - 1]!.pValue!);
  expect(found.at(-1)!.pValue).toBeGreaterThan(0);
});
