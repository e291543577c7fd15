/** What wrong decisions cost, in any unit. */
interface Costs {
  readonly false_positive: number;
  readonly false_negative: number;
}

/** What a threshold is chosen for: the largest F1, or the lowest cost. */
export type ThresholdAim = 'f1' | { readonly costs: Costs };

/**
 * The threshold above which a probability means class 1, best for its aim on these rows: all there are between neighbouring
 * scores are tried, the one of several equally good that is nearest to ½ is taken. As `sklearn.model_selection.
 * TunedThresholdClassifierCV` does over a grid. Null without a row of each class, where nothing can be chosen.
 *
 * @param scores probabilities of class 1. @param labels 0 or 1 each.
 */
export function chooseThreshold(scores: Float64Array, labels: Float64Array, aim: ThresholdAim): number | null {
  const positives = labels.reduce((sum, label) => sum + label, 0);
  if (positives === 0 || positives === labels.length) return null;
  const order = Uint32Array.from(scores.keys()).sort((a, b) => scores[b]! - scores[a]!);
  let best: { threshold: number; value: number } | undefined;
  let above = 0;
  let truePositives = 0;
  const consider = (threshold: number) => {
    const value = worth(aim, { above, truePositives, positives });
    const nearer = best && Math.abs(threshold - 0.5) < Math.abs(best.threshold - 0.5);
    if (!best || value > best.value || (value === best.value && nearer)) best = { threshold, value };
  };
  consider((1 + scores[order[0]!]!) / 2);
  for (const [i, row] of order.entries()) {
    above++;
    truePositives += labels[row]!;
    const score = scores[row]!;
    const next = i + 1 < order.length ? scores[order[i + 1]!]! : 0;
    if (next < score) consider((score + next) / 2);
  }
  return best!.threshold;
}

function worth(
  aim: ThresholdAim,
  { above, truePositives, positives }: { above: number; truePositives: number; positives: number },
): number {
  if (aim === 'f1') return (2 * truePositives) / (above + positives);
  const { false_positive, false_negative } = aim.costs;
  return -(false_positive * (above - truePositives) + false_negative * (positives - truePositives));
}
