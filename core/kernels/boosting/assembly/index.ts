/*
 * Gradient boosting by histograms, leaf by leaf. The driver (`core/models/boosting/grow-boosting.ts`) decides what happens;
 * the files here are its arithmetic, each over a range of rows or features that one thread was given:
 *
 *   parameters  what an instance is told before its first call
 *   gradients   what each row still misses, as whole numbers
 *   histogram   their sums by feature and bin, over the rows of a leaf
 *   split       the best border between bins
 *   noise       how much of what splits by categories gain is chance
 *   leaf        what is known of a leaf, and of the two that a split makes of it
 *   partition   the rows of a leaf, parted in two
 *   scores      what a tree adds to the predictions, and the loss that is left
 *
 * All sums are of whole numbers, so they are exact and come out the same in any order, on any number of threads.
 */
export * from './parameters';
export { configure } from './entry';
export { binaryGradients, largestResidual, multiclassGradients, squaredGradients } from './gradients';
export { clear, histogram, subtract, sumRows } from './histogram';
export { findSplit } from './split';
export { beginLeaf, chooseSplit, divideLeaf, sidesOf } from './leaf';
export { measureNoise } from './noise';
export { partition } from './partition';
export { addToScores, binaryLoss, multiclassLoss, squaredLoss } from './scores';

export function copy(to: usize, from: usize, bytes: usize): void {
  memory.copy(to, from, bytes);
}
