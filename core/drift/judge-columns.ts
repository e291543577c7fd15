import { holm } from '../comparison/holm.ts';
import { quantile } from '../stats/quantile.ts';
import { type Column, columnLength } from '../table/table.ts';
import { chanceOf, LEVEL } from './chance.ts';
import type { DriftRequest } from './drift-request.ts';
import type { CategoricalSummary, ColumnDrift, NumericSummary, TestResult } from './drift-result.ts';
import { FEWEST_ROWS, type PairedColumn, pairColumns, presentRows } from './pair-columns.ts';
import { type CategoricalSamples, isPast, type NumericSamples, type Samples } from './tests/drift-test.ts';
import { driftTests } from './tests/index.ts';
import { jensenshannon } from './tests/jensenshannon.ts';

/** A distance of the classes of a target counts from here: of a rare class, many times the share moves little. */
const TARGET_CLASSES = 0.02;

/** A test that has been made, before it is known how many there are. */
interface Made {
  readonly column: string;
  readonly about: 'values' | 'missing';
  readonly samples: Samples;
  readonly test: (typeof driftTests.all)[number];
  readonly threshold: number;
}

/** What became of each column of the reference table, in its order. */
export function judgeColumns(request: DriftRequest): ColumnDrift[] {
  const paired = request.reference.columns.map((column) => ({ column, ...pairOf(column, request) }));
  const made = paired.flatMap(({ column: { name }, pair, missing }): Made[] => [
    ...(pair.kind === 'not_judged' ? [] : [valuesTest(name, pair.samples, request)]),
    ...(missing ? [missingTest(name, missing, request)] : []),
  ]);
  const results = runTests(made);
  return paired.map(({ column, pair, current }): ColumnDrift => {
    const { name } = column;
    const of = (about: Made['about']) => results.find((each) => each.column === name && each.about === about);
    const [values, missing] = [of('values')?.result ?? null, of('missing')?.result ?? null];
    const drifted = (values?.drifted ?? false) || (missing?.drifted ?? false);
    const why = pair.kind === 'not_judged' ? pair.why : null;
    const isChange = pair.kind === 'not_judged' && pair.isChange;
    return {
      column: name,
      role: name === request.target ? 'target' : 'feature',
      status: drifted ? 'drifted' : isChange ? 'changed' : why === null ? 'stable' : 'not_judged',
      why,
      values,
      numbers: pair.kind === 'numeric' ? summaryOfNumbers(pair.samples) : null,
      category: pair.kind === 'categorical' ? mostMoved(pair) : null,
      missing: { reference: missingShare(column), current: current ? missingShare(current) : 0, test: missing },
    };
  });
}

interface Pair {
  readonly current: Column | undefined;
  readonly pair: PairedColumn;
  /** Rows with and without a value; null where there is nothing to compare. */
  readonly missing: CategoricalSamples | null;
}

function pairOf(column: Column, { current: table, target, ignored, rules }: DriftRequest): Pair {
  const current = table.column(column.name);
  const notJudged = (why: string, isChange = false): Pair => ({
    current,
    pair: { kind: 'not_judged', why, isChange },
    missing: null,
  });
  const reason = ignored.get(column.name);
  if (reason !== undefined) return notJudged(reason);
  // Labels often come later than the rows.
  if (!current) return notJudged('the current table does not have it', column.name !== target);
  return { current, pair: forItsTest(pairColumns(column, current), rules), missing: presence(column, current) };
}

/** A test of two categories cannot judge a column of others. */
function forItsTest(pair: PairedColumn, rules: DriftRequest['rules']): PairedColumn {
  if (pair.kind !== 'categorical') return pair;
  const { id, categories } = driftTests.get(rules.categorical) as Made['test'];
  const found = pair.categories.length;
  if (categories === undefined || found === categories) return pair;
  const why = `the test ${id} compares columns of ${categories} categories, and this one has ${found}; choose another: \`drift: { categorical: chisquare }\``;
  // A category that is new, or gone, is a change of the table.
  const inReference = pair.samples.reference.filter((count) => count > 0).length;
  return { kind: 'not_judged', why, isChange: inReference === categories };
}

function presence(reference: Column, current: Column): CategoricalSamples | null {
  const counts = [reference, current].map((column) => {
    const present = presentRows(column);
    return Float64Array.of(present, columnLength(column) - present);
  }) as [Float64Array, Float64Array];
  const isOneValue = [0, 1].some((k) => counts[0][k]! + counts[1][k]! === 0);
  if (isOneValue || columnLength(reference) < FEWEST_ROWS || columnLength(current) < FEWEST_ROWS) return null;
  return { kind: 'categorical', reference: counts[0], current: counts[1] };
}

function valuesTest(column: string, samples: Samples, { rules, target }: DriftRequest): Made {
  const test = driftTests.get(rules[samples.kind]) as Made['test'];
  const isRareClass = column === target && samples.kind === 'categorical' && test.kind === 'distance';
  const own = isRareClass ? TARGET_CLASSES : test.threshold;
  return { column, about: 'values', samples, test, threshold: rules.thresholds[test.id] ?? own };
}

function missingTest(column: string, samples: CategoricalSamples, { rules }: DriftRequest): Made {
  const threshold = rules.thresholds.jensenshannon ?? jensenshannon.threshold;
  return { column, about: 'missing', samples, test: jensenshannon, threshold };
}

function runTests(made: readonly Made[]) {
  const found = made.map(({ column, about, samples, test }) => {
    const comparison = test.compare(samples);
    const name = about === 'values' ? column : `${column}: missing`;
    return { ...comparison, pValue: comparison.pValue ?? chanceOf(samples, name, made.length) };
  });
  const adjusted = holm(found.map(({ pValue }) => pValue));
  return made.map(({ column, about, samples, test, threshold }, i) => {
    const { statistic, pValue } = found[i]!;
    const adjustedPValue = adjusted[i]!;
    const isFar = isPast(test, { statistic, pValue: adjustedPValue }, threshold);
    const result: TestResult = {
      test: test.id,
      kind: test.kind,
      statistic,
      threshold,
      pValue,
      adjustedPValue,
      drifted: isFar && (test.kind === 'p_value' || adjustedPValue < LEVEL),
      n: { reference: sizeOf(samples, 'reference'), current: sizeOf(samples, 'current') },
    };
    return { column, about, result };
  });
}

function sizeOf(samples: Samples, side: 'reference' | 'current'): number {
  return samples.kind === 'numeric' ? samples[side].length : samples[side].reduce((sum, count) => sum + count, 0);
}

function missingShare(column: Column): number {
  const n = columnLength(column);
  return n === 0 ? 0 : 1 - presentRows(column) / n;
}

function summaryOfNumbers({ reference, current }: NumericSamples): NumericSummary {
  const [before, after] = [reference, current].map((values) => ({
    median: quantile(values, 0.5),
    iqr: Math.min(quantile(values, 0.75) - quantile(values, 0.25), Number.MAX_VALUE),
    min: values[0]!,
    max: values.at(-1)!,
  }));
  return { reference: before!, current: after! };
}

function mostMoved({ samples, categories }: Extract<PairedColumn, { kind: 'categorical' }>): CategoricalSummary {
  const [n, m] = [sizeOf(samples, 'reference'), sizeOf(samples, 'current')];
  return categories
    .map((category, k) => ({ category, reference: samples.reference[k]! / n, current: samples.current[k]! / m }))
    .reduce((most, each) =>
      Math.abs(each.current - each.reference) > Math.abs(most.current - most.reference) ? each : most,
    );
}
