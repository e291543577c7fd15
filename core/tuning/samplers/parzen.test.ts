import { describe, expect, it } from 'vitest';
import { createRandom } from '../../random/random.ts';
import { categorical, type Distribution, float, int } from '../distribution.ts';
import { createParzen } from './parzen.ts';

// Optuna 5.0.0: _ParzenEstimator({'x': np.array(observed)}, {'x': distribution}, _ParzenEstimatorParameters(prior_weight=1.0, …))
//   .log_pdf({'x': np.array([at])})
const GOLDEN: readonly [
  name: string,
  distribution: Distribution,
  observed: number[],
  densities: [at: number, log: number][],
][] = [
  [
    'numbers',
    float(0, 1),
    [0.1, 0.4, 0.45, 0.9],
    [
      [0.2, 0.131876095],
      [0.5, 0.112111337],
      [0.99, -0.416989123],
    ],
  ],
  ['numbers without an observation', float(0, 1), [], [[0.2, -0.0040222]]],
  ['numbers with one observation', float(0, 1), [0.3], [[0.2, 0.052674605]]],
  [
    'orders of magnitude',
    float(1e-4, 1, { log: true }),
    [0.001, 0.01, 0.5],
    [
      [0.002, -2.080501631],
      [0.2, -2.301459893],
    ],
  ],
  [
    'whole numbers',
    int(1, 10),
    [2, 5, 5, 9],
    [
      [1, -2.440610136],
      [5, -2.13543839],
      [10, -2.663838623],
    ],
  ],
  [
    'orders of magnitude of whole numbers',
    int(8, 512, { log: true }),
    [8, 64, 300],
    [
      [8, -3.680542924],
      [100, -5.967883051],
    ],
  ],
  [
    'a grid',
    float(0.4, 1, { step: 0.1 }),
    [0.4, 0.6, 1],
    [
      [0.5, -1.76257913],
      [0.8, -2.048412674],
    ],
  ],
  [
    'choices',
    categorical('a', 'b', 'c', 'd'),
    [0, 2, 2],
    [
      [0, -1.268511325],
      [1, -1.85629799],
      [2, -0.900786545],
    ],
  ],
];

describe('the density', () => {
  it.each(GOLDEN)('of %s equals that of Optuna', (_, distribution, observed, densities) => {
    const parzen = createParzen(
      observed.map((x) => ({ x })),
      { x: distribution },
    );
    for (const [at, log] of densities) expect(Math.abs(parzen.logDensity({ x: at }) - log)).toBeLessThan(1e-8);
  });

  it('of two parameters together equals that of Optuna', () => {
    const space = { x: float(0, 1), c: categorical('a', 'b') };
    const parzen = createParzen(
      [
        { x: 0.1, c: 0 },
        { x: 0.7, c: 1 },
      ],
      space,
    );
    expect(Math.abs(parzen.logDensity({ x: 0.2, c: 1 }) + 0.747744469)).toBeLessThan(1e-8);
  });

  it('of ninety observations of six parameters equals that of Optuna', () => {
    const names = Array.from({ length: 6 }, (_, j) => `x${j}`);
    const point = (at: (j: number) => number) => Object.fromEntries(names.map((name, j) => [name, at(j)]));
    const parzen = createParzen(
      Array.from({ length: 90 }, (_, i) => point((j) => (((i * (7 + 3 * j) + j) % 97) / 97) * 0.9 + 0.05)),
      Object.fromEntries(names.map((name) => [name, float(0, 1)])),
    );
    for (const [at, log] of [
      [0.1, -4.30771306296489],
      [0.37, -3.880013816791011],
      [0.8, -4.099313816866492],
    ] as const)
      expect(parzen.logDensity(point(() => at))).toBeCloseTo(log, 11);
  });

  it.each([
    ['whole numbers', int(1, 10), 10, (i: number) => 1 + i],
    ['orders of magnitude of whole numbers', int(2, 60, { log: true }), 59, (i: number) => 2 + i],
    ['a grid', float(0.4, 1, { step: 0.1 }), 7, (i: number) => 0.4 + i / 10],
    ['choices', categorical(1, 2, 3), 3, (i: number) => i],
  ] as const)('of %s adds up to 1', (_, distribution, n, at) => {
    const observed = Array.from({ length: 40 }, (__, i) => ({ x: at((i * 7) % n) }));
    const parzen = createParzen(observed, { x: distribution });
    const sum = Array.from({ length: n }, (__, i) => Math.exp(parzen.logDensity({ x: at(i) }))).reduce((a, b) => a + b);
    expect(sum).toBeCloseTo(1, 10);
  });

  it('of 30 observations counts the last 25 most, by the ramp of Optuna', () => {
    // The first five are far from the others: `default_weights(30)` gives them .0333, .275, .517, .758 and 1, of 28.5834 with the prior.
    const observed = [...Array.from({ length: 5 }, () => ({ x: 0 })), ...Array.from({ length: 25 }, () => ({ x: 1 }))];
    const parzen = createParzen(observed, { x: categorical('old', 'new') });
    const weight = 1 / 30 + 0.275 + 31 / 60 + 91 / 120 + 1;
    const total = weight + 25 + 1;
    const [hit, miss] = [(1 + 1 / 31) / (1 + 2 / 31), 1 / 31 / (1 + 2 / 31)];
    const expected = (weight * hit + 25 * miss + 0.5) / total;
    expect(Math.exp(parzen.logDensity({ x: 0 }))).toBeCloseTo(expected, 12);
  });
});

it('what is drawn has the density that is told', () => {
  const parzen = createParzen(
    [2, 5, 5, 9].map((x) => ({ x })),
    { x: int(1, 10) },
  );
  const random = createRandom(1, 'parzen');
  const counts = new Array<number>(11).fill(0);
  const n = 20_000;
  for (let i = 0; i < n; i++) counts[parzen.sample(random).x!]!++;
  expect(counts[0]).toBe(0);
  for (let x = 1; x <= 10; x++) {
    const p = Math.exp(parzen.logDensity({ x }));
    expect(Math.abs(counts[x]! / n - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / n));
  }
});
