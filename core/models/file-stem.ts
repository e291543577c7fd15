import { models } from './index.ts';

/**
 * What the files of a model are called: `<dataset>_<model>`, or `<dataset>.<model>` where that could be another dataset's. `shop` with
 * `mljs_random_forest` and `shop_mljs` with `random_forest` have two names: the longer model keeps the usual one.
 */
export function fileStem({ dataset, model }: { readonly dataset: string; readonly model: string }): string {
  const usual = `${dataset}_${model}`;
  const isTaken = models.ids.some((id) => id.length > model.length && usual.endsWith(`_${id}`));
  return isTaken ? `${dataset}.${model}` : usual;
}
