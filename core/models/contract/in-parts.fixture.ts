import type { Fit } from '../model.ts';
import { textOf } from './text-of.fixture.ts';

/** The model as text, its steps made in calls of so many, what is left in a last call. */
export async function inParts(fit: Fit, parts: readonly number[]): Promise<string> {
  try {
    for (const steps of parts) await fit.advance(steps);
    if (fit.done < fit.steps) await fit.advance(fit.steps);
    return textOf(fit.finish());
  } finally {
    fit.close();
  }
}
