import type { FoldTimes, TimesInTurn } from '../../../tracking/run.ts';

type TimedFold = (fold: number) => Promise<FoldTimes>;

/**
 * Times two models fold by fold: the base commit's first, then the change's first, and so on. Before, each is trained once without being
 * timed, since what a process does for the first time takes longer.
 */
export async function foldsInTurn(
  { ofBase, ofChange }: { readonly ofBase: TimedFold; readonly ofChange: TimedFold },
  nFolds: number,
  progress: (done: number) => void = () => {},
): Promise<TimesInTurn['folds']> {
  await ofBase(0);
  await ofChange(0);
  const folds: TimesInTurn['folds'] = [];
  for (let fold = 0; fold < nFolds; fold++) {
    const isBaseFirst = fold % 2 === 0;
    const first = await (isBaseFirst ? ofBase : ofChange)(fold);
    const second = await (isBaseFirst ? ofChange : ofBase)(fold);
    folds.push(isBaseFirst ? { baseline: first, candidate: second } : { baseline: second, candidate: first });
    progress(fold + 1);
  }
  return folds;
}
