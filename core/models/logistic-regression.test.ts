import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Features } from '../preprocessing/features.ts';
import { readContainer, writeContainer } from './file/container.ts';
import { inlineWorkers } from './inline-workers.ts';
import { coefficientsOf, numericFeatures, someWeights, takeRows, wholeTable } from './linear/table.fixture.ts';
import { logisticRegression } from './logistic-regression.ts';
import { modelStateToJson } from './model-state.ts';

const features: Features = {
  nSamples: 8,
  columns: [
    { kind: 'numeric', name: 'x0', values: Float64Array.of(0.5, 1.5, -0.7, 2.1, -1.3, 0.2, -2.0, 1.0) },
    { kind: 'numeric', name: 'x1', values: Float64Array.of(-1.2, 0.3, 2.2, -0.4, 0.9, 1.1, -0.6, -2.3) },
  ],
};
const BINARY = [0, 1, 0, 1, 0, 0, 0, 1];
const MULTICLASS = [0, 1, 2, 1, 2, 0, 2, 1];

const context = { seed: 1, workers: inlineWorkers, warn: () => {} };

const probabilities = async (target: number[], nClasses: number, params: Record<string, unknown>) => {
  const data = { features, target: Float64Array.from(target), nClasses };
  return (await logisticRegression.fit(data, params, context)).predict(features);
};

/*
 * scikit-learn 1.9.1, X = np.c_[x0, x1]; the first four rows of
 * sklearn.linear_model.LogisticRegression(max_iter=100000, tol=1e-13, **params).fit(X, y).predict_proba(X)
 */
const GOLDENS = [
  {
    target: BINARY,
    params: {},
    expected: [
      0.5139312280682853, 0.48606877193171466, 0.37948024577245965, 0.6205197542275404, 0.9418211129928019,
      0.058178887007198074, 0.18882630358638142, 0.8111736964136186,
    ],
  },
  {
    target: BINARY,
    params: { C: 0.1 },
    expected: [
      0.5628601019049801, 0.4371398980950198, 0.547042884422742, 0.4529571155772581, 0.7592353224626822,
      0.24076467753731773, 0.47460814547706853, 0.5253918545229315,
    ],
  },
  {
    target: BINARY,
    params: { class_weight: 'balanced' },
    expected: [
      0.41840823419267903, 0.581591765807321, 0.2953028365270437, 0.7046971634729563, 0.9227686743390723,
      0.07723132566092768, 0.13481181912795592, 0.8651881808720441,
    ],
  },
  {
    target: MULTICLASS,
    params: {},
    expected: [
      0.3752267329161768, 0.5120701718057432, 0.11270309527807996, 0.291666604037329, 0.6556837330273075,
      0.05264966293536348, 0.19550034347767953, 0.03418033068534956, 0.7703193258369708, 0.17183040885273548,
      0.815678087069468, 0.012491504077796556,
    ],
  },
  {
    target: MULTICLASS,
    params: { C: 0.1 },
    expected: [
      0.2667497540200149, 0.4600482850200413, 0.2732019609599439, 0.26766244387527327, 0.4840320570743492,
      0.24830549905037747, 0.23374021098078343, 0.19772012304792252, 0.5685396659712941, 0.2518148388476533,
      0.5732094817193367, 0.1749756794330099,
    ],
  },
  {
    target: MULTICLASS,
    params: { class_weight: 'balanced' },
    expected: [
      0.46734425944565644, 0.43612393299635793, 0.09653180755798571, 0.3666842848038881, 0.5897739910459797,
      0.04354172415013204, 0.2522004120978641, 0.028993780966978164, 0.7188058069351577, 0.22123224165194397,
      0.7684576663327103, 0.010310092015345818,
    ],
  },
];

/*
 * scikit-learn 1.9.1 on the table of linear/table.fixture.ts: coef_ and intercept_ per class of
 * LogisticRegression(solver='newton-cholesky', tol=1e-13, max_iter=1000, **params).fit(X, y, sample_weight=None or w)
 * (its lbfgs stops at 64 ulp of the loss: up to 1e-6 away from these)
 */
const WHOLE_TABLE = [
  {
    nClasses: 2,
    weighted: false,
    params: {},
    expected: [
      6.54034796938182, -4.940335838163227, 2.2549404320485706, -0.007936512992830559, -0.3152915743516502,
      0.3285918199832833,
    ],
  },
  {
    nClasses: 2,
    weighted: false,
    params: { C: 100 },
    expected: [
      7.986828199640185, -6.377566925396378, 2.7761492824746474, -0.08503615892678743, -0.37349968326613375,
      0.3807517842415632,
    ],
  },
  {
    nClasses: 2,
    weighted: false,
    params: { class_weight: 'balanced' },
    expected: [
      6.53937465953567, -4.926059770441383, 2.249924632863318, 0.020366144672822228, -0.3236520671773009,
      0.20363898343582215,
    ],
  },
  {
    nClasses: 2,
    weighted: true,
    params: {},
    expected: [
      6.600754709174205, -5.0346926313227485, 2.164774530874006, 0.23729980100462345, 0.011033516604353375,
      0.2528237463887897,
    ],
  },
  {
    nClasses: 2,
    weighted: true,
    params: { C: 100 },
    expected: [
      8.093122044438198, -6.502618113198549, 2.6474599063532276, 0.17519768919341908, 0.017416992559246926,
      0.29573131047864415,
    ],
  },
  {
    nClasses: 2,
    weighted: true,
    params: { class_weight: 'balanced' },
    expected: [
      6.60071545048376, -5.032196666807273, 2.1553407025713756, 0.26568581102510314, 0.004137046039102605,
      0.15715965206578283,
    ],
  },
  {
    nClasses: 3,
    weighted: false,
    params: {},
    expected: [
      -6.4823635301507, 4.674514864159522, -1.826087343388444, -0.04984716735129843, -0.17106989677757325,
      -1.0206796917090764, -0.12487610403506394, -0.18401509838849606, -0.2126186175046992, -0.12281845538247069,
      0.2769559479295496, 1.1992214983521297, 6.607239634185764, -4.490499765771033, 2.038705960893143,
      0.17266562273377106, -0.10588605115197669, -0.17854180664305327,
    ],
  },
  {
    nClasses: 3,
    weighted: false,
    params: { C: 100 },
    expected: [
      -8.797701203781568, 6.174914721074534, -2.489875478429253, -0.1662449244488635, -0.18998895051275294,
      -1.355179279277722, -0.017998412353904317, -0.19747673554123507, -0.20849041882223276, -0.0751754100584342,
      0.31587057159297016, 1.566931885325561, 8.815699616135273, -5.977437985532827, 2.6983658972520392,
      0.24142033450733022, -0.12588162108035955, -0.2117526060478391,
    ],
  },
  {
    nClasses: 3,
    weighted: false,
    params: { class_weight: 'balanced' },
    expected: [
      -6.543861210196463, 4.677554820097363, -1.8953932872887524, -0.02394780668362313, -0.18718781959211983,
      -0.7614527974852678, -0.027882505227914522, -0.2651661562516842, -0.18392354976148545, -0.14616168019557627,
      0.29108198007613345, 0.8896790822002031, 6.57174371542438, -4.412388663845675, 2.0793168370502437,
      0.17010948687919938, -0.10389416048401481, -0.12822628471493525,
    ],
  },
  {
    nClasses: 3,
    weighted: true,
    params: {},
    expected: [
      -6.465426515230839, 4.838547392884846, -1.8031538472424056, -0.09354011659170723, -0.22525977320436408,
      -1.0374785790449963, -0.13954859995314, -0.032356466043086604, -0.13322348657187139, -0.16924131587125593,
      0.35121563635201447, 1.2292549366146077, 6.604975115183982, -4.80619092684176, 1.9363773338142696,
      0.26278143246296254, -0.12595586314766136, -0.1917763575696114,
    ],
  },
  {
    nClasses: 3,
    weighted: true,
    params: { C: 100 },
    expected: [
      -8.853666504621055, 6.465151070183709, -2.4638989655182426, -0.2712989169591919, -0.2640717984780495,
      -1.3877263450903117, -0.0643284713899928, -0.033589907200553125, -0.11260717719150246, -0.11461281385670118,
      0.42790073232146403, 1.620376364975597, 8.91799497601043, -6.431561162982749, 2.576506142709452,
      0.3859117308165436, -0.1638289338432682, -0.23265001988528522,
    ],
  },
  {
    nClasses: 3,
    weighted: true,
    params: { class_weight: 'balanced' },
    expected: [
      -6.499307880644813, 4.829492089124878, -1.8869111973758763, -0.07559053852806838, -0.24458578919672785,
      -0.764911852538372, -0.05015342233099464, -0.11404023665586444, -0.09064076475489023, -0.18269507955746614,
      0.3521849863384465, 0.9169654901883716, 6.549461302975808, -4.715451852469012, 1.9775519621307636,
      0.25828561808553907, -0.10759919714172175, -0.15205363764999957,
    ],
  },
] as const;

describe('logisticRegression', () => {
  it.each(GOLDENS)("of classes $target with $params gives scikit-learn's probabilities", async (golden) => {
    const nClasses = Math.max(...golden.target) + 1;
    const solved = await probabilities(golden.target, nClasses, { ...golden.params, tol: 1e-10 });
    for (const [i, p] of golden.expected.entries()) expect(Math.abs(solved[i]! - p)).toBeLessThan(1e-8);
    const byDefault = await probabilities(golden.target, nClasses, golden.params);
    for (const [i, p] of golden.expected.entries()) expect(Math.abs(byDefault[i]! - p)).toBeLessThan(1e-4);
  });

  it('gives a class without a training row the probability 0, and the others what they have without it', async () => {
    const gap = await probabilities(
      BINARY.map((label) => label * 2),
      3,
      {},
    );
    const two = await probabilities(BINARY, 2, {});
    for (let row = 0; row < 8; row++)
      expect([...gap.subarray(row * 3, row * 3 + 3)]).toEqual([two[row * 2]!, 0, two[row * 2 + 1]!]);
  });

  it('stays finite where the classes are separable and the penalty is next to nothing', async () => {
    const target = [...(features.columns[0] as { values: Float64Array }).values].map((x) => Number(x > 0));
    const separated = await probabilities(target, 2, { C: 1e8 });
    for (const [row, label] of target.entries()) expect(separated[row * 2 + label]).toBeGreaterThan(0.99);
  });

  it.each(WHOLE_TABLE)(
    "of $nClasses classes with $params, weighted $weighted, has scikit-learn's coefficients",
    async ({ nClasses, weighted, params, expected }) => {
      const data = { ...wholeTable(nClasses), ...(weighted && { weights: someWeights }) };
      const tight = coefficientsOf(await logisticRegression.fit(data, { ...params, tol: 1e-11 }, context));
      for (const [i, c] of tight.entries()) expect(Math.abs(c - expected[i]!)).toBeLessThan(1e-8);
      const byDefault = coefficientsOf(await logisticRegression.fit(data, params, context));
      for (const [i, c] of byDefault.entries()) expect(Math.abs(c - expected[i]!)).toBeLessThan(2e-3);
    },
  );

  it.each([2, 3] as const)('of %d classes takes a weight for so many repetitions of the row', async (nClasses) => {
    const data = takeRows(
      wholeTable(nClasses),
      Array.from({ length: 40 }, (_, row) => row),
    );
    const params = { tol: 1e-11, C: 10 };
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(3), { minLength: 40, maxLength: 40 }),
        fc.constantFrom(null, 'balanced'),
        async (counts, class_weight) => {
          const repeated = takeRows(
            data,
            counts.flatMap((count, row) => new Array<number>(count).fill(row)),
          );
          const weighted = { ...data, weights: Float64Array.from(counts) };
          const a = (await logisticRegression.fit(weighted, { ...params, class_weight }, context)).predict(
            data.features,
          );
          const b = (await logisticRegression.fit(repeated, { ...params, class_weight }, context)).predict(
            data.features,
          );
          for (const [i, p] of a.entries()) expect(Math.abs(p - b[i]!)).toBeLessThan(1e-8);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('does not see rows of weight 0, nor a class that has no others', async () => {
    const whole = wholeTable(3);
    const weights = whole.target.map((label) => Number(label !== 1));
    const seen = takeRows(
      whole,
      [...weights.keys()].filter((row) => weights[row]! > 0),
    );
    const [all, some] = [
      await logisticRegression.fit({ ...whole, weights }, { class_weight: 'balanced' }, context),
      await logisticRegression.fit(seen, { class_weight: 'balanced' }, context),
    ];
    expect(coefficientsOf(all)).toHaveLength(6);
    expect(coefficientsOf(all)).toEqual(coefficientsOf(some));
  });

  it.each([
    { title: 'no feature', change: { features: numericFeatures([], 3) } },
    { title: 'one class', change: { target: Float64Array.of(2, 2, 2) } },
    {
      title: 'constant columns',
      change: {
        features: numericFeatures([
          [1, 1, 1],
          [0, 0, 0],
        ]),
      },
    },
    {
      title: 'columns that repeat one another',
      change: {
        features: numericFeatures([
          [1, 2, 3],
          [1, 2, 3],
        ]),
      },
    },
    {
      title: 'features as large as doubles go',
      change: {
        features: numericFeatures([
          [1e308, -1e308, 1],
          [1, 2, 3],
        ]),
      },
    },
    { title: 'weights as large as doubles go', change: { weights: Float64Array.of(1e308, 1e308, 1) } },
    { title: 'weights as small as doubles go', change: { weights: Float64Array.of(5e-324, 5e-324, 0) } },
    { title: 'a penalty that outweighs all', params: { C: 1e-308 } },
    { title: 'next to no penalty', params: { C: 1e308 } },
  ])('of $title is a model of finite numbers that its file can hold', async ({ change, params = {} }) => {
    const data = {
      features: numericFeatures([
        [1, 2, 4],
        [3, 1, 2],
      ]),
      target: Float64Array.of(0, 1, 2),
      nClasses: 3,
      ...change,
    };
    for (const target of [data.target, data.target.map((label) => Math.min(label, 1))]) {
      const model = await logisticRegression.fit({ ...data, target }, params, context);
      const again = logisticRegression.load(readContainer(writeContainer(1, modelStateToJson(model.state))));
      const probabilities = again.predict(data.features);
      expect(probabilities.every((p) => p >= 0 && p <= 1)).toBe(true);
      expect(probabilities).toEqual(model.predict(data.features));
    }
  });

  it('has the same bits whatever was fitted before', async () => {
    const small = takeRows(wholeTable(2), [...Array(600).keys()]);
    const first = coefficientsOf(await logisticRegression.fit(small, {}, context));
    const large = { ...wholeTable(3), features: numericFeatures(Array(40).fill(wholeTable(3).target)) };
    await logisticRegression.fit(large, {}, context);
    expect(coefficientsOf(await logisticRegression.fit(small, {}, context))).toEqual(first);
  });

  it('says so when the steps run out, and only then', async () => {
    const said: string[] = [];
    const warned = { ...context, warn: (message: string) => said.push(message) };
    await logisticRegression.fit(wholeTable(3), {}, warned);
    await logisticRegression.fit(wholeTable(2), { tol: 1e-300 }, warned);
    expect(said).toEqual([]);
    await logisticRegression.fit(wholeTable(3), { max_iter: 2 }, warned);
    expect(said).toEqual([expect.stringMatching(/did not converge in 2 steps \(max_iter 2\).*Raise max_iter/)]);
  });

  it('of many rows, fitted on a sample of them first, has the coefficients of all', async () => {
    const whole = wholeTable(2);
    const sorted = [...whole.target.keys()].sort((a, b) => whole.target[a]! - whole.target[b]!);
    const many = takeRows(
      whole,
      Array.from({ length: 75_000 }, (_, i) => sorted[Math.floor(i / 50)]!),
    );
    const model = await logisticRegression.fit(many, { C: 1 / 50, tol: 1e-11 }, context);
    const { expected } = WHOLE_TABLE[0];
    for (const [i, c] of coefficientsOf(model).entries()) expect(Math.abs(c - expected[i]!)).toBeLessThan(1e-8);
  });

  it.each([
    {
      nClasses: 2,
      bits: [
        6.600759770070425, -5.034687100000863, 2.1647798372475093, 0.23730469630929035, 0.011032202321337147,
        0.2528235150064425,
      ],
    },
    {
      nClasses: 3,
      bits: [
        -6.465421343313738, 4.838541968827218, -1.8031520955411593, -0.09354022892608607, -0.22526078802048213,
        -1.0374776443966691, -0.1395532445176772, -0.032352101740847704, -0.13322598425021626, -0.16924276338174127,
        0.3512182529573327, 1.2292532827538074, 6.604974587831413, -4.806189867086371, 1.936378079791375,
        0.26278299230782676, -0.12595746493685014, -0.19177563835713826,
      ],
    },
  ] as const)('of $nClasses classes has the same bits on every machine', async ({ nClasses, bits }) => {
    const model = await logisticRegression.fit({ ...wholeTable(nClasses), weights: someWeights }, {}, context);
    expect(coefficientsOf(model)).toEqual(bits);
  });
});
