import { expect } from 'vitest';
import { AppError } from '../../errors/app-error.ts';
import { categoricalColumn, createTable } from '../../table/table.ts';
import { type Check, dataOf, expectSound, IGNORES_FEATURES } from './check.fixture.ts';
import { mixed, numeric } from './problems.fixture.ts';
import { textOf } from './text-of.fixture.ts';

const ASKED = 5000;
const { table } = mixed();
/** Rows of the mixed table over and over, in no order. */
const rows = Array.from({ length: ASKED }, (_, i) => (i * 77) % 120);

/** A prediction is a function of the model and one row. */
export const predictChecks: readonly Check[] = [
  {
    title: 'predicts a row the same alone and among 5,000 others, in any order',
    async run(subject) {
      const model = await subject.mixed();
      const each = Math.max(1, model.nClasses);
      const all = model.predict(table, rows).outputs;
      expect(all).toHaveLength(ASKED * each);
      for (const size of [1, 7, 8, 9, 1024]) {
        for (const from of [0, 3, ASKED - size]) {
          const some = model.predict(table, rows.slice(from, from + size)).outputs;
          expect(some).toEqual(all.slice(from * each, (from + size) * each));
        }
      }
      const alone = model.predict(table).outputs;
      rows.slice(0, 300).forEach((row, i) => {
        expect(all.subarray(i * each, (i + 1) * each)).toEqual(alone.subarray(row * each, (row + 1) * each));
      });
    },
  },
  {
    title: 'predicts nothing for no rows',
    async run(subject) {
      const model = await subject.mixed();
      expect(model.predict(table, []).outputs).toHaveLength(0);
      expect(model.fitted.explain?.(model.preprocessor.transform(table, [])).values ?? []).toHaveLength(0);
    },
  },
  {
    title: 'predicts numbers, for values and categories it has never seen and for gaps where there were none',
    async run(subject) {
      const strange = createTable([
        numeric('x', [Number.NaN, 1e300, -1e300, 5e-324, -0]),
        numeric('gaps', [Number.NaN, Number.MAX_VALUE, 0, -Number.MAX_VALUE, 1]),
        categoricalColumn('plan', ['unheard of', undefined, 'pro', '', 'team']),
        numeric('constant', [1, Number.NaN, 7, 1e300, -7]),
      ]);
      const { outputs, predictedClass } = (await subject.mixed()).predict(strange);
      expect([...outputs, ...predictedClass].every((value) => !Number.isNaN(value))).toBe(true);
      if (subject.task === 'classification') expectSound(outputs, 3);
    },
  },
  {
    title: 'is the same model after predicting, and leaves the features as they are',
    async run(subject) {
      const model = await subject.mixed();
      const features = model.preprocessor.transform(table);
      const before = structuredClone(features.columns.map(dataOf));
      const text = textOf(model.fitted);
      const first = model.fitted.predict(features).slice();
      model.fitted.predict(features).fill(-1);
      model.fitted.importances?.().fill(-1);
      model.fitted.explain?.(features).base.fill(-1);
      expect(model.fitted.predict(features)).toEqual(first);
      expect(textOf(model.fitted)).toBe(text);
      expect(features.columns.map(dataOf)).toEqual(before);
    },
  },
  {
    title: 'refuses features of another number than it learned from',
    async run(subject) {
      const model = await subject.mixed();
      if (await subject.ignoresFeatures()) return IGNORES_FEATURES;
      const { nSamples, columns } = model.preprocessor.transform(table);
      for (const other of [columns.slice(1), [...columns, columns[0]!]])
        expect(() => model.fitted.predict({ nSamples, columns: other })).toThrow(AppError);
    },
  },
  {
    title: 'names its features the same, in the order of the columns',
    async run(subject) {
      const { preprocessor } = await subject.mixed();
      const names = preprocessor.transform(table).columns.map(({ name }) => name);
      expect(names).toEqual(preprocessor.featureNames);
      const origins = names.map((name) => table.columns.findIndex((column) => name.startsWith(column.name)));
      expect(origins).toEqual(origins.toSorted((a, b) => a - b));
      expect((await subject.fit(mixed())).preprocessor.featureNames).toEqual(names);
    },
  },
];
