/* What trees say of rows: large trees are walked down row by row, of small ones every split is asked of many rows at once. */

export { addSmallTrees, toColumns } from './predict/sweep';
export { addTree, toLines } from './predict/walk';
