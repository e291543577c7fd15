import fc from 'fast-check';
import { expect } from 'vitest';
import { AppError } from '../../errors/app-error.ts';
import { formatModel, parseModel } from '../model-file.ts';
import type { Check } from './check.fixture.ts';
import { mixed, takeRows } from './problems.fixture.ts';

const problem = mixed();

/** A model outlives the process that learned it. */
export const fileChecks: readonly Check[] = [
  {
    title: 'predicts the same bits after a round trip through its file, and is written as the same bytes again',
    async run(subject) {
      const model = await subject.mixed();
      const again = parseModel(formatModel(model));
      expect(again.predict(problem.table)).toEqual(model.predict(problem.table));
      expect(again.fitted.importances?.()).toEqual(model.fitted.importances?.());
      const features = model.preprocessor.transform(problem.table);
      expect(again.fitted.explain?.(features)).toEqual(model.fitted.explain?.(features));
      expect(formatModel(again)).toEqual(formatModel(model));
    },
  },
  {
    title: 'never crashes on a broken file: an error that says so, or a model that still predicts',
    async run(subject) {
      const bytes = formatModel(await subject.fit(takeRows(problem, [...Array(40).keys()])));
      fc.assert(
        fc.property(fc.nat(bytes.length - 1), fc.nat(255), fc.boolean(), (at, byte, cut) => {
          const broken = cut ? bytes.slice(0, at) : bytes.slice();
          if (!cut) broken[at] = byte;
          try {
            parseModel(broken).predict(problem.table);
          } catch (error) {
            if (!(error instanceof AppError)) throw error;
          }
        }),
        { numRuns: 200 },
      );
    },
  },
];
