import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ConfigError } from '../../errors/app-error.ts';
import type { Features } from '../../preprocessing/features.ts';
import type { LinearState } from '../linear/linear-state.ts';
import { linearRegression } from '../linear-regression.ts';
import { logisticRegression } from '../logistic-regression.ts';
import type { Fit, FitContext, FittedModel, ModelPlugin, TrainingData } from '../model.ts';
import { randomForest } from '../random-forest.ts';
import { treesIn } from '../trees/trees-in.fixture.ts';
import { dataOf } from './check.fixture.ts';
import { modelContract } from './model.contract.ts';
import { createSubject } from './subject.fixture.ts';

type Change = (fitted: FittedModel, data: TrainingData, context: FitContext) => FittedModel;

/** The plugin with something else made of what it has learned. */
const after = (plugin: ModelPlugin, change: Change): ModelPlugin => ({
  ...plugin,
  fit: async (data, params, context) => change(await plugin.fit(data, params, context), data, context),
});
/** The plugin with other data to learn from. */
const before = (plugin: ModelPlugin, change: (data: TrainingData) => TrainingData): ModelPlugin => ({
  ...plugin,
  fit: async (data, params, context) => plugin.fit(change(data), params, context),
});
const saying = (plugin: ModelPlugin, say: (said: Float64Array, features: Features) => Float64Array): ModelPlugin =>
  after(plugin, (fitted) => ({ ...fitted, predict: (features) => say(fitted.predict(features), features) }));
/** The line with something else in what it says it has learned. */
const writing = (change: (data: TrainingData, context: FitContext) => Partial<LinearState>): ModelPlugin =>
  after(line, (fitted, data, context) => ({ ...fitted, state: { ...lineOf(fitted), ...change(data, context) } }));
const lineOf = ({ state }: FittedModel): LinearState => {
  if (state.kind !== 'linear') throw new TypeError(state.kind);
  return state;
};
const withParams = (shape: z.ZodRawShape): ModelPlugin => ({
  ...line,
  params: z.strictObject({ ...line.params.shape, ...shape }),
  fit: (data, { alpha }, context) => line.fit(data, alpha === undefined ? {} : { alpha }, context),
});

const line: ModelPlugin = linearRegression;
const shares: ModelPlugin = logisticRegression;
/** A model that sees numbers before they are standardised, as this one makes them. */
const features = (plugin: ModelPlugin, see: (value: number) => number): ModelPlugin => ({
  ...before(plugin, (data) => ({ ...data, features: seen(data.features, see) })),
  encoding: 'native',
});
const seen = (all: Features, see: (value: number) => number): Features => ({
  ...all,
  columns: all.columns.map((column) =>
    column.kind === 'numeric' ? { ...column, values: column.values.map(see) } : column,
  ),
});
const dividing = (plugin: ModelPlugin): ModelPlugin => ({
  ...plugin,
  async fit(data, params, context) {
    const fitted = await plugin.fit(data, params, context);
    return { ...fitted, predict: (rows) => fitted.predict(rows).map((value) => value / Number(params.beta ?? 1)) };
  },
});
/** A model that refuses values of a parameter of its own. */
const refusing = (isRefused: (beta: unknown) => boolean, place: string): ModelPlugin => {
  const plugin = withParams({ beta: z.number().min(0).max(9).default(1).describe('A number that is not used.') });
  return {
    ...plugin,
    async fit(data, params, context) {
      if (isRefused(params.beta)) throw new ConfigError({ place, message: 'is refused' });
      return plugin.fit(data, params, context);
    },
  };
};
/** A forest whose fits do something else. */
const stepping = (change: (fit: Fit) => Partial<Fit>): ModelPlugin => ({
  ...randomForest,
  async start(data, params, context) {
    const fit = await randomForest.start(data, params, context);
    const own: Fit = {
      get steps() {
        return fit.steps;
      },
      get done() {
        return fit.done;
      },
      advance: (steps) => fit.advance(steps),
      snapshot: () => fit.snapshot(),
      finish: () => fit.finish(),
      close: () => fit.close(),
    };
    return Object.defineProperties(own, Object.getOwnPropertyDescriptors(change(fit)));
  },
});
/** The forest with other leaves. */
const withLeaves = (fitted: FittedModel, change: (values: Float64Array) => Float64Array): FittedModel => {
  const { ensemble, ...state } = treesIn(fitted);
  return { ...fitted, state: { ...state, ensemble: { ...ensemble, values: change(ensemble.values) } } };
};
let calls = 0;
const explained =
  (base: number): Change =>
  (fitted) => ({
    ...fitted,
    explain: (features) => {
      const { coefficients, intercept } = lineOf(fitted);
      const n = features.columns.length;
      return {
        nOutputs: 1,
        base: Float64Array.of(intercept + base),
        values: Float64Array.from(
          { length: features.nSamples * n },
          (_, i) => coefficients[i % n]! * dataOf(features.columns[i % n]!)[Math.floor(i / n)]!,
        ),
      };
    },
  });
const important =
  (change: (shares: Float64Array) => Float64Array): Change =>
  (fitted, { features }) => ({
    ...fitted,
    importances: () => change(Float64Array.from(features.columns, ({ name }) => Number(name === 'x'))),
  });

/** Broken models, and the beginning of the check that must find each. */
const faults: readonly [fault: string, check: string, plugin: ModelPlugin][] = [
  ['counts its fits', 'fitted twice', writing(() => ({ intercept: calls++ }))],
  [
    'knows its threads',
    'is the same model on one, two and three threads',
    writing((_, { workers }) => ({ intercept: workers.threads })),
  ],
  [
    'sorts the target it was given',
    'leaves features, target',
    before(line, (data) => ({ ...data, target: data.target.sort() })),
  ],
  ['keeps the target it was given', 'keeps what it has learned', writing(({ target }) => ({ coefficients: target }))],
  ['keeps its seed and says nothing', 'says truly whether', writing((_, { seed }) => ({ intercept: seed }))],
  ['is not as random as it says', 'says truly whether', { ...line, isRandom: () => true }],
  [
    'has a random setting that says nothing',
    'says truly of every',
    after(withParams({ share: z.number().min(0).max(1).default(1) }), (fitted, _, { seed }) => ({
      ...fitted,
      state: { ...lineOf(fitted), intercept: seed },
    })),
  ],
  [
    'learns from its first rows alone',
    'predicts the same whatever the order',
    before(line, ({ weights: _, ...data }) => ({ ...data, weights: data.target.map((__, row) => Number(row < 30)) })),
  ],
  [
    'counts the calls that its steps are made in',
    'is the same model however',
    stepping((fit) => {
      let parts = 0;
      return {
        advance(steps) {
          parts++;
          return fit.advance(steps);
        },
        finish: () => withLeaves(fit.finish(), (values) => values.map((value) => value + parts - 1)),
      };
    }),
  ],
  [
    'makes all of its steps at once',
    'gives after some steps',
    stepping((fit) => {
      let done = 0;
      return {
        get done() {
          return done;
        },
        advance(steps) {
          done += steps;
          return fit.advance(fit.steps);
        },
      };
    }),
  ],
  [
    'counts the steps that were asked for',
    'counts its steps',
    stepping((fit) => {
      let done = 0;
      return {
        get done() {
          return done;
        },
        advance(steps) {
          done += steps;
          return fit.advance(steps);
        },
      };
    }),
  ],
  [
    'takes half a step for a whole one',
    'refuses steps that',
    stepping((fit) => ({ advance: (steps) => fit.advance(Math.max(1, Math.ceil(steps) || 1)) })),
  ],
  ['makes a model each time it finishes', 'finishes early', stepping((fit) => ({ finish: () => fit.snapshot() }))],
  [
    'writes on in a model that was taken',
    'keeps a model that was taken',
    stepping((fit) => {
      let last: FittedModel | undefined;
      return {
        snapshot() {
          if (last) treesIn(last).ensemble.values.fill(0);
          last = fit.snapshot();
          return last;
        },
      };
    }),
  ],
  ['keeps its memory', 'gives up its memory', stepping(() => ({ close() {} }))],
  [
    'adds up over the rows asked for',
    'predicts a row the same',
    saying(line, (said) => said.map((value) => value + said.length)),
  ],
  [
    'rounds beyond the first eight rows',
    'predicts a row the same',
    saying(line, (said) => said.map((value, row) => (row < 8 ? value : Math.fround(value)))),
  ],
  [
    'says something of nothing',
    'predicts nothing',
    saying(line, (said) => (said.length === 0 ? Float64Array.of(0) : said)),
  ],
  ['squares large numbers', 'predicts numbers', saying(line, (said) => said.map((value) => value ** 2 - value ** 2))],
  [
    'clears the features',
    'is the same model after',
    saying(line, (said, { columns }) => {
      for (const column of columns) dataOf(column).fill(0);
      return said;
    }),
  ],
  [
    'hands out its own memory',
    'is the same model after',
    after(line, (fitted) => {
      let own: Float64Array | undefined;
      return {
        ...fitted,
        predict(features) {
          own ??= fitted.predict(features);
          return own;
        },
      };
    }),
  ],
  [
    'takes other features for its own',
    'refuses features',
    after(line, (fitted, { features }) => ({
      ...fitted,
      predict: ({ nSamples }) => fitted.predict({ ...features, nSamples }),
    })),
  ],
  ['writes another intercept', 'predicts the same bits after', writing(() => ({ intercept: 1 }))],
  ['gives shares of more than 1', 'gives probabilities', saying(shares, (said) => said.map((share) => share * 1.001))],
  ['smooths its shares', 'gives a class without', saying(shares, (said) => said.map((share) => (share + 0.01) / 1.04))],
  [
    'is never certain',
    'is certain of the only class it',
    saying(shares, (said) => said.map((share) => 0.98 * share + 0.01)),
  ],
  [
    'prefers the first class',
    'gives the same probabilities when',
    saying(shares, (said, { nSamples }) =>
      said.map((share, i) => 0.9 * share + (i % (said.length / nSamples) === 0 ? 0.1 : 0)),
    ),
  ],
  [
    'never sees a rare class',
    'finds one positive',
    saying(shares, (said) => said.map((_, i) => (i % 2 ? 0.002 : 0.998))),
  ],
  [
    'does not balance',
    'sees a rare class',
    { ...shares, fit: (data, { class_weight: _, ...params }, context) => shares.fit(data, params, context) },
  ],
  [
    'breaks on weights',
    'takes weights',
    before(line, (data) => {
      if (data.weights) throw new TypeError('no weights');
      return data;
    }),
  ],
  [
    'takes weights of 1 for 2',
    'learns from rows of weight 1',
    before(shares, (data) => (data.weights ? { ...data, weights: data.weights.map((weight) => 2 * weight) } : data)),
  ],
  [
    'takes weights of 0 for little',
    'learns the same to the last bit',
    before(line, (data) => (data.weights ? { ...data, weights: data.weights.map((weight) => weight + 1e-6) } : data)),
  ],
  ['takes no notice of weights', 'learns from a row of weight k', before(line, ({ weights: _, ...data }) => data)],
  [
    'takes roots of weights',
    'where features say nothing',
    before(line, (data) => (data.weights ? { ...data, weights: data.weights.map(Math.sqrt) } : data)),
  ],
  ['learns from rows without weight', 'refuses rows none of which', before(line, ({ weights: _, ...data }) => data)],
  [
    'knows classes without weight',
    'is certain of the only class whose',
    before(shares, ({ weights: _, ...data }) => data),
  ],
  [
    'learns from nothing',
    'refuses to learn from no rows',
    {
      ...line,
      fit: async () => ({
        predict: ({ nSamples }) => new Float64Array(nSamples),
        state: { kind: 'constant', values: [0] },
      }),
    },
  ],
  [
    'says 0 where there is no feature',
    'says the same of every row of a table with no feature',
    saying(line, (said, { columns }) => (columns.length === 0 ? said.fill(0) : said)),
  ],
  [
    'forgets small numbers',
    'of a target that is 1e-300',
    saying(line, (said) => said.map((value) => (Math.abs(value) < 1e-200 ? 0 : value))),
  ],
  [
    'forgets small numbers',
    'predicts 1e-140 times',
    saying(line, (said) => said.map((value) => (Math.abs(value) < 1e-100 ? 0 : value))),
  ],
  [
    'learns from half of the features',
    'knows its training rows',
    before(line, (data) => ({
      ...data,
      features: {
        ...data.features,
        columns: data.features.columns.map((column, i) =>
          i === 1 && column.kind === 'numeric' ? { ...column, values: column.values.map(() => 0) } : column,
        ),
      },
    })),
  ],
  ['cannot tell one row', 'learns from one row,', saying(line, (said) => said.map((v) => v / (said.length - 1)))],
  [
    'takes large features for none',
    'predicts the same from features times 1e+140',
    features(shares, (v) => (Math.abs(v) > 1e100 ? 0 : v)),
  ],
  [
    'takes columns that repeat for none',
    'learns no less',
    before(line, (data) => (data.features.columns.length < 4 ? data : { ...data, target: data.target.map(() => 0) })),
  ],
  [
    'divides by a parameter',
    'learns with each parameter',
    dividing(withParams({ beta: z.number().min(0).default(1).describe('A divisor, which may be 0.') })),
  ],
  [
    'refuses every value at the ends of a range',
    'learns with each parameter',
    refusing((beta) => beta === 0 || beta === 9, `models.${line.id}.beta`),
  ],
  [
    'refuses a value in the name of another parameter',
    'learns with each parameter',
    refusing((beta) => beta === 9, `models.${line.id}.alpha`),
  ],
  [
    'gives importances that sum to 2',
    'gives features importances',
    after(
      line,
      important((all) => all.map((share) => 2 * share)),
    ),
  ],
  [
    'gives a constant importance',
    'gives features importances',
    after(
      line,
      important((all) => all.map(() => 1 / all.length)),
    ),
  ],
  [
    'finds importance in nothing',
    'gives no feature importance',
    after(line, (fitted) => ({ ...fitted, importances: () => Float64Array.of(1, 0, 0) })),
  ],
  ['explains from another base', 'explains its predictions', after(line, explained(1e-3))],
  [
    'has a parameter without default',
    'has a default',
    withParams({ beta: z.number().describe('A number that has no default.') }),
  ],
  [
    'takes any parameter',
    'refuses a parameter',
    { ...line, params: line.params.loose(), fit: (data, { alpha: _ }, context) => line.fit(data, {}, context) },
  ],
  ['has a parameter without a range', 'refuses every number', withParams({ beta: z.number().default(1) })],
  [
    'takes text for a number',
    'refuses what is no number',
    withParams({ beta: z.union([z.number().min(0), z.string()]).default(1) }),
  ],
  ['does not tell what a parameter means', 'tells what', withParams({ beta: z.number().min(0).default(1) })],
];

const checkOf = (beginning: string) => {
  const found = modelContract.filter(({ title }) => title.startsWith(beginning));
  if (found.length !== 1) throw new Error(`${found.length} checks begin with "${beginning}"`);
  return found[0]!;
};

describe('the contract of models', () => {
  it.each(faults)('finds a model that %s: %s', async (_, beginning, plugin) => {
    const subject = createSubject(plugin, plugin.tasks[0]!);
    const check = checkOf(beginning);
    expect(check.concerns?.(subject) ?? true).toBe(true);
    await expect(check.run(subject)).rejects.toThrow(expect.objectContaining({ name: 'AssertionError' }));
  });

  it('finds nothing wrong with a model that explains itself rightly', async () => {
    const subject = createSubject(after(line, explained(0)), 'regression');
    expect(await checkOf('explains its predictions').run(subject)).toBeUndefined();
  });
});
