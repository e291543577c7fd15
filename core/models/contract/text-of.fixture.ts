import type { FittedModel } from '../model.ts';
import { modelStateToJson } from '../model-state.ts';

/** All that a fitted model has learned as text, arrays included. */
export function textOf(fitted: FittedModel): string {
  return JSON.stringify(modelStateToJson(fitted.state));
}
