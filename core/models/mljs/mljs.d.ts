/*
 * What we use of ml.js. ml-cart and ml-logistic-regression ship no types. Those of ml-random-forest do not compile, and a
 * declaration of that name would be merged with them; its main file by name has none. (tsconfig's `paths` would do for tsc,
 * but the bundler follows them too and finds no program.)
 */

declare module 'ml-cart' {
  interface CartOptions {
    readonly minNumSamples: number;
    readonly maxDepth: number;
    readonly gainThreshold: number;
  }

  /** A node; of a leaf the split, where there is one, is the best that was found and not taken. */
  interface CartNode {
    readonly splitColumn?: number | undefined;
    readonly splitValue?: number | undefined;
    readonly gain?: number | undefined;
    readonly left?: CartNode;
    readonly right?: CartNode;
    /** Of a leaf: the mean, or 1 × (highest class there + 1) shares of the classes. */
    readonly distribution?: number | import('ml-matrix').Matrix;
  }

  abstract class DecisionTree {
    readonly root: CartNode;
    constructor(options: CartOptions);
    train(rows: number[][], target: number[]): void;
    predict(rows: number[][]): number[];
  }
  class DecisionTreeClassifier extends DecisionTree {}
  class DecisionTreeRegression extends DecisionTree {}

  export { type CartNode, type CartOptions, DecisionTreeClassifier, DecisionTreeRegression };
}

declare module 'ml-random-forest/random-forest.js' {
  import type { CartNode, CartOptions } from 'ml-cart';

  interface RandomForestOptions {
    readonly nEstimators: number;
    /** Share of the features, in (0, 1], or how many, from 2. */
    readonly maxFeatures: number;
    readonly replacement: boolean;
    readonly seed: number;
    readonly noOOB: boolean;
    readonly treeOptions: CartOptions;
  }

  abstract class RandomForest {
    readonly estimators: readonly { readonly root: CartNode }[];
    /** Of each tree: the feature behind each of its columns. */
    readonly indexes: readonly (readonly number[])[];
    constructor(options: RandomForestOptions);
    train(rows: number[][], target: number[]): void;
    predict(rows: number[][]): number[];
    /** nSamples × nEstimators. */
    predictionValues(rows: number[][]): { to2DArray(): number[][] };
  }
  class RandomForestClassifier extends RandomForest {}
  class RandomForestRegression extends RandomForest {}

  export { RandomForestClassifier, type RandomForestOptions, RandomForestRegression };
}

declare module 'ml-logistic-regression' {
  import type { Matrix } from 'ml-matrix';

  /** One against the rest for each class; classifier i tells "not class i" from "class i". */
  class LogisticRegression {
    readonly classifiers: readonly { readonly weights: Matrix }[];
    constructor(options: { readonly numSteps: number; readonly learningRate: number });
    /** `labels` (nSamples × 1) are 0…k−1, each there at least once. */
    train(rows: Matrix, labels: Matrix): void;
  }

  export = LogisticRegression;
}
