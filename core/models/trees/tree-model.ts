import { StoreError } from '../../errors/app-error.ts';
import type { Features } from '../../preprocessing/features.ts';
import type { FittedModel } from '../model.ts';
import { type Binning, binFeature } from './binning.ts';
import { collapseNodes, leastCover } from './collapse-nodes.ts';
import { explainClasses } from './explain-classes.ts';
import { applyLink } from './link.ts';
import { createTreePredictor } from './predict-trees.ts';
import type { TreeEnsemble } from './tree-ensemble.ts';
import { type TreeModelState, treeModelFromJson } from './tree-model-state.ts';
import { explainTrees } from './tree-shap.ts';

/** A fitted model that predicts with trees. */
export function treeModel(state: Omit<TreeModelState, 'kind'>): FittedModel {
  const { ensemble, binnings, link, nClasses, present } = state;
  const predictor = createTreePredictor(ensemble, binnings);
  let summarised: TreeEnsemble | undefined;
  return {
    predict(features) {
      checkFeatures(features, binnings);
      return applyLink(link, predictor(features), present, nClasses);
    },
    importances: () => ensemble.importances.slice(),
    explain(features, detail = 'exact') {
      checkFeatures(features, binnings);
      const { nSamples, columns } = features;
      const bins = columns.map((column, f) => {
        const own = new Uint8Array(nSamples);
        binFeature(column, binnings[f]!, own);
        return own;
      });
      if (detail === 'summary') summarised ??= collapseNodes(ensemble, leastCover(ensemble));
      const trees = detail === 'summary' ? summarised! : ensemble;
      const explanation = explainTrees(trees, bins, nSamples);
      return {
        ...explainClasses(explanation, { link, present, nClasses, nFeatures: columns.length }),
        ...(trees !== ensemble && { leafBelow: leastCover(ensemble) }),
      };
    },
    state: { kind: 'trees', ...state },
  };
}

/** @throws StoreError when the features are not those of the training. */
function checkFeatures({ columns }: Features, binnings: readonly Binning[]): void {
  if (columns.length !== binnings.length) {
    throw new StoreError({
      message: `the trees were grown on ${binnings.length} features, the table has ${columns.length}`,
    });
  }
  for (const [f, { kind }] of binnings.entries()) {
    if (columns[f]!.kind !== kind)
      throw new StoreError({ message: `the trees were grown on a ${kind} feature where "${columns[f]!.name}" is` });
  }
}

/** The model in a file. @throws StoreError as `treeModelFromJson` does. */
export function loadTreeModel(json: unknown): FittedModel {
  return treeModel(treeModelFromJson(json));
}
