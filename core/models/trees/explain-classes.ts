import type { Explanation } from '../model.ts';
import type { Link } from './link.ts';

/**
 * What an ensemble's outputs explain, as outputs of the model: of two classes the positive one, of more each. Of a class
 * that no training row had nothing is said: all 0.
 *
 * @param present the classes that the ensemble's outputs speak of, as `applyLink` has them.
 */
export function explainClasses(
  { nOutputs, base, values }: Explanation,
  how: {
    readonly link: Link;
    readonly present: readonly number[];
    readonly nClasses: number;
    readonly nFeatures: number;
  },
): Explanation {
  const { link, present, nClasses, nFeatures } = how;
  if (nClasses === 0) return { nOutputs, base, values };
  const labels = nClasses === 2 ? [1] : Array.from({ length: nClasses }, (_, label) => label);
  const n = labels.length;
  const nSamples = nFeatures === 0 ? 0 : values.length / nOutputs / nFeatures;
  const result = { nOutputs: n, base: new Float64Array(n), values: new Float64Array(nSamples * n * nFeatures) };
  for (const [k, label] of labels.entries()) {
    const place = present.indexOf(label);
    if (place < 0) continue;
    // One output tells of two classes: of the second as it is, of the first what is left.
    const isPair = link === 'complement' || link === 'logistic';
    const isFirst = isPair && place === 0;
    const from = isPair ? 0 : place;
    const start = base[from]!;
    result.base[k] = isFirst ? (link === 'complement' ? 1 - start : -start) : start;
    for (let row = 0; row < nSamples; row++) {
      const source = (row * nOutputs + from) * nFeatures;
      const target = (row * n + k) * nFeatures;
      for (let f = 0; f < nFeatures; f++)
        result.values[target + f] = isFirst ? -values[source + f]! : values[source + f]!;
    }
  }
  return result;
}
