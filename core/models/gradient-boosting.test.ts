import { describe, expect, it } from 'vitest';
import { ConfigError } from '../errors/app-error.ts';
import type { Features } from '../preprocessing/features.ts';
import { boosted } from './boosting/boosted.fixture.ts';
import { numeric, uniformRows } from './uniform-rows.fixture.ts';

const { columns: shares, noise } = uniformRows(200, 4);
const columns = shares.map((column) => column.map((share) => Math.round(50 * share)));
const [a, b, c, d] = columns as [Float64Array, Float64Array, Float64Array, Float64Array];
const value = noise.map((e, i) => (a[i]! * b[i]!) / 25 + (c[i]! - 25) ** 2 / 20 + 0.6 * d[i]! + 20 * e);
const features = numeric(columns);
const withGaps = [a, b, c.map((x) => (x > 35 ? Number.NaN : x)), d];
const gaps = numeric(withGaps);
const two = value.map((y) => Number(y > 60));
const three = value.map((y) => Number(y >= 50) + Number(y >= 75));
const weights = Float64Array.from({ length: 200 }, (_, i) => 1 + Math.floor(4 * shares[i % 4]![Math.floor(i / 4)]!));

const SETS = {
  values: { features, target: value },
  gaps: { features: gaps, target: value },
  weighted: { features, target: value, weights },
  two: { features, target: two, nClasses: 2 },
  'gaps two': { features: gaps, target: two, nClasses: 2 },
  'two weighted': { features, target: two, nClasses: 2, weights },
  three: { features, target: three, nClasses: 3 },
  rising: { features, target: value },
} as const;

/*
 * scikit-learn 1.9.1. v = lehmer(1000) as in uniform-rows.fixture.ts, X = np.round(50*v[:800].reshape(200, 4)), e = v[800:],
 * y = X0·X1/25 + (X2 − 25)²/20 + 0.6·X3 + 20·e; gaps: X2 is NaN where > 35; weights w = 1 + np.floor(4*v[:200]);
 * two: y > 60; three: np.digitize(y, [50, 75]); rising: values. The first six rows of
 * HistGradientBoostingRegressor(max_iter=10, early_stopping=False, max_leaf_nodes=8, min_samples_leaf=5, **params)
 * .fit(X, y, w).predict(X), of two classes HistGradientBoostingClassifier's predict_proba(X)[:, 1], of three
 * predict_proba(X).ravel(). Its least hessian of a leaf is 1e-3, and no parameter. Cases in which two splits gain the
 * same are left out, as are constrained trees of more than two leaves: see below.
 */
const GOLDEN: { of: keyof typeof SETS; params: object; expected: number[] }[] = [
  {
    of: 'values',
    params: {},
    expected: [
      51.10288616640565, 44.17238938614773, 60.38072066109724, 71.73420189699652, 103.34168103876577,
      60.363051534273836,
    ],
  },
  {
    of: 'values',
    params: { max_leaf_nodes: 31, learning_rate: 0.3 },
    expected: [
      40.64939588585472, 36.2307920627962, 62.28489455008031, 77.65002640477908, 133.36515681782953, 64.70495721174305,
    ],
  },
  {
    of: 'values',
    params: { max_depth: 2 },
    expected: [
      49.69536136009792, 49.082436569767, 59.71173144638109, 71.91862411421378, 94.79099839788933, 59.622958507790955,
    ],
  },
  {
    of: 'values',
    params: { max_leaf_nodes: null, min_samples_leaf: 20 },
    expected: [
      52.55121878196279, 43.64068913907263, 56.01191680582585, 68.86276046496042, 94.37458772565375, 57.14107257994785,
    ],
  },
  {
    of: 'values',
    params: { l2_regularization: 3.0 },
    expected: [
      51.3032076234466, 43.772999212025304, 61.29683042094068, 73.02266435553871, 94.43375448735628, 58.83450359071618,
    ],
  },
  {
    of: 'gaps',
    params: {},
    expected: [
      50.19891187895665, 43.512466244461855, 62.020291619151, 71.16073325688284, 104.52353107008368, 57.39458680176757,
    ],
  },
  {
    of: 'weighted',
    params: {},
    expected: [
      51.91936004145353, 44.99915736576223, 61.06094065573054, 70.99577998116622, 105.69356540224442,
      62.210188337822565,
    ],
  },
  {
    of: 'two',
    params: { min_samples_leaf: 9, learning_rate: 0.2 },
    expected: [
      0.07611517929916274, 0.07611517929916274, 0.7826437321662016, 0.922434995329706, 0.9399572787881169,
      0.832683012345905,
    ],
  },
  {
    of: 'two',
    params: { l2_regularization: 1.5, max_depth: 3 },
    expected: [
      0.1929890011847891, 0.22166842351408814, 0.4808337974870451, 0.7631141347372663, 0.7631141347372663,
      0.5952854993831427,
    ],
  },
  {
    of: 'two',
    params: { class_weight: 'balanced' },
    expected: [
      0.21105925742905093, 0.21105925742905093, 0.6670425356212318, 0.8062873715127841, 0.8062873715127841,
      0.7395141036619037,
    ],
  },
  {
    of: 'two weighted',
    params: {},
    expected: [
      0.20020749798795168, 0.20020749798795168, 0.8055059978424352, 0.8103474990679599, 0.8103474990679599,
      0.6337429231934105,
    ],
  },
  {
    of: 'gaps two',
    params: {},
    expected: [
      0.1881273360737327, 0.1881273360737327, 0.7135307313990611, 0.7932983580287741, 0.7918357251435645,
      0.7216702428892856,
    ],
  },
  {
    of: 'three',
    params: {},
    expected: [
      0.8768899584600729, 0.07407034873668164, 0.04903969280324554, 0.7851880825077265, 0.12914305426096698,
      0.08566886323130656, 0.15461941696012346, 0.6361790256302702, 0.20920155740960636, 0.10800495297704245,
      0.15473188404386187, 0.7372631629790957, 0.06771413075817988, 0.09271742818017543, 0.8395684410616446,
      0.20323709208124038, 0.6766997779893107, 0.12006312992944887,
    ],
  },
  {
    of: 'three',
    params: { max_leaf_nodes: 5, class_weight: 'balanced' },
    expected: [
      0.8109007251021035, 0.09834547023289646, 0.09075380466500008, 0.7230010138659071, 0.12866849797364324,
      0.14833048816044972, 0.15452732726838425, 0.6549122465850654, 0.19056042614655022, 0.07690901928882701,
      0.24530509859206978, 0.6777858821191031, 0.06458186808129494, 0.07201924286792162, 0.8633988890507835,
      0.21958142774434058, 0.6285513367055852, 0.15186723555007434,
    ],
  },
  {
    of: 'rising',
    params: { max_leaf_nodes: 2, monotonic_cst: { x0: -1, x1: 1, x2: 1 } },
    expected: [
      52.269164918595706, 50.164458086524554, 67.62820466732803, 67.62820466732803, 77.14932597302787,
      57.04368462506454,
    ],
  },
];

describe('gradientBoosting', () => {
  it.each(GOLDEN)("of $of with $params is scikit-learn's", async ({ of, params, expected }) => {
    const common = { n_estimators: 10, max_leaf_nodes: 8, min_samples_leaf: 5, min_hessian_to_split: 1e-3 };
    const model = await boosted(SETS[of], { ...common, ...params });
    const all = model.predict(SETS[of].features);
    const predicted = of.includes('two') ? all.filter((_, i) => i % 2 === 1) : all;
    // scikit-learn's gradients are of 24 bits, ours and hessians of 30: a sum of 200 is off by some 1e-7.
    for (const [i, y] of expected.entries()) expect(Math.abs(predicted[i]! - y) / Math.max(1, y)).toBeLessThan(1e-6);
  });

  it.each([{ nClasses: 0 }, { nClasses: 2 }])(
    'of $nClasses classes keeps to monotonic_cst along a grid, wherever the row stands',
    async ({ nClasses }) => {
      const params = { min_samples_leaf: 2, min_hessian_to_split: 0.1, learning_rate: 0.5 };
      const monotonic_cst = { x0: 1, x3: -1 }; // The target rises along x3.
      const target = nClasses === 0 ? value : two;
      const free = await boosted({ features: gaps, target, nClasses }, params);
      const model = await boosted({ features: gaps, target, nClasses }, { ...params, monotonic_cst });
      /** How far predictions step the wrong way, at most. */
      const worst = ({ predict }: typeof model, place: number, direction: number) => {
        let most = 0;
        for (let row = 0; row < 200; row += 5) {
          const grid = withGaps.map((values, f) =>
            Float64Array.from({ length: 51 }, (_, step) => (f === place ? step : values[row]!)),
          );
          const all = predict(numeric(grid));
          const along = nClasses === 0 ? all : all.filter((_, i) => i % 2 === 1);
          for (let step = 1; step <= 50; step++) most = Math.max(most, -direction * (along[step]! - along[step - 1]!));
        }
        return most;
      };
      for (const [place, direction] of [
        [0, 1],
        [3, -1],
      ] as const) {
        expect(worst(free, place, direction)).toBeGreaterThan(0.01);
        // The trees' answers are added one after the other, and rounded.
        expect(worst(model, place, direction)).toBeLessThan(1e-12);
      }
    },
  );

  it.each([
    { title: 'a feature there is not', of: features, nClasses: 0, cst: { x: 1 }, says: '"x" is not a feature' },
    { title: 'three classes', of: features, nClasses: 3, cst: { x1: 1 }, says: 'does not work with 3 classes' },
    { title: 'a category', of: ordered('k'), nClasses: 0, cst: { k: -1 }, says: '"k" has categories' },
  ])('refuses monotonic_cst for $title', async ({ of, nClasses, cst, says }) => {
    const target = nClasses === 0 ? value : three;
    const fit = boosted({ features: of, target, nClasses }, { monotonic_cst: cst });
    await expect(fit).rejects.toThrow(ConfigError);
    await expect(fit).rejects.toThrow(says);
  });

  it('takes a category by the name of something that every object has', async () => {
    const model = await boosted({ features: ordered('constructor'), target: value }, { monotonic_cst: {} });
    expect(model.predict(ordered('constructor')).every(Number.isFinite)).toBe(true);
  });
});

function ordered(name: string): Features {
  return { nSamples: 200, columns: [{ kind: 'numeric', name: 'x1', values: a }, categoryOf(name)] };
}
function categoryOf(name: string) {
  return {
    kind: 'categorical' as const,
    name,
    codes: Int32Array.from({ length: 200 }, (_, i) => i % 5),
    nCategories: 5,
  };
}
