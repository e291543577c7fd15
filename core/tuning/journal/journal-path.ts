import { fileStem } from '../../models/file-stem.ts';

/** Where the study of a model is kept, relative to the project. */
export function journalPathOf({ dataset, model }: { readonly dataset: string; readonly model: string }): string {
  return `.mlops/tuning/${fileStem({ dataset, model })}.journal`;
}
