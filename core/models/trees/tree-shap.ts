import { gaussLegendre, type Quadrature } from '../../stats/gauss-legendre.ts';
import type { Explanation } from '../model.ts';
import { explainTree } from './explain-tree.ts';
import type { TreeEnsemble } from './tree-ensemble.ts';
import { treeShares } from './tree-shares.ts';

/**
 * Exact SHAP values of every row (`shap.TreeExplainer(model, feature_perturbation="tree_path_dependent")`; Lundberg, Erion
 * & Lee 2018): a feature that is not known sends a row down both ways, each counting its share of the training rows. The
 * base is the mean over these; base and values of a row sum to its output.
 *
 * A leaf, seen from the known features, counts as a product over the features of its path: oᵢ of a known one (1 where the
 * row follows, else 0), zᵢ (the share of training rows that follows) of another. Shapley's mean over what else may be known
 * is then an integral (Owen 1972), of feature i ∫(oᵢ − zᵢ) Π_{j≠i} (y·oⱼ + (1 − y)·zⱼ) dy over 0…1, and the rule of Gauss and
 * Legendre gives it exactly. All terms of the product are positive, so long paths lose no digits. Time is rows × nodes ×
 * half the number of different features on the longest path; Linear TreeShap (Yu et al. 2022) is of that order too.
 *
 * @param bins per feature the bins of all rows, as binning gives them.
 */
export function explainTrees(ensemble: TreeEnsemble, bins: readonly Uint8Array[], nSamples: number): Explanation {
  const { roots, feature, right, values, width, nOutputs, scale } = ensemble;
  const base = ensemble.base.slice();
  const explained = new Float64Array(nSamples * nOutputs * bins.length);
  const rules = new Map<number, Quadrature>();
  for (let tree = 0; tree + 1 < roots.length; tree++) {
    const shares = treeShares(ensemble, tree);
    for (let node = roots[tree]!; node < roots[tree + 1]!; node++) {
      if (feature[node]! >= 0) continue;
      const share = shares.ofRoot[node - roots[tree]!]! * scale;
      for (let k = 0; k < width; k++) {
        base[width === 1 ? tree % nOutputs : k]! += share * values[right[node]! * width + k]!;
      }
    }
    // A polynomial of a degree below the number of features; n points are exact below degree 2n.
    const nPoints = Math.ceil(shares.longest / 2);
    if (nPoints === 0) continue;
    const rule = rules.get(nPoints) ?? gaussLegendre(nPoints);
    rules.set(nPoints, rule);
    explainTree({ ensemble, tree, shares, rule, bins, nSamples }, explained);
  }
  return { nOutputs, base, values: explained };
}
