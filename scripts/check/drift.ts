import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { DriftTest, Samples } from '../../core/drift/tests/drift-test.ts';
import { driftTests } from '../../core/drift/tests/index.ts';
import { createRandom, type Random } from '../../core/random/random.ts';
import { pythonWith } from '../python.ts';

// Drift tests give what scipy gives, on random columns: numbers with and without ties, far values, rare categories.

const TOLERANCE = 1e-9;
/** scipy ends the series of this p-value at a term of 1e-7. */
const P_TOLERANCE: Readonly<Partial<Record<string, number>>> = { cramer_von_mises: 2e-7 };
const PAIRS = 400;

const python = pythonWith(['scipy==1.17.1', 'numpy==2.4.6']);
const random = createRandom(1, 'drift tests');
const pairs = Array.from({ length: PAIRS }, (_, i) => (i % 3 === 0 ? categories(random) : numbers(random)));
const answers: Record<string, readonly [number | null, number | null] | null>[] = JSON.parse(
  execFileSync(python, [fileURLToPath(new URL('drift.py', import.meta.url))], {
    input: JSON.stringify(
      pairs.map(({ kind, reference, current }) => ({ kind, reference: [...reference], current: [...current] })),
    ),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  }),
);

let compared = 0;
for (const [i, pair] of pairs.entries()) {
  for (const test of driftTests.all.filter((each: DriftTest) => isFor(each, pair))) {
    const answer = answers[i]![test.id];
    // scipy has none.
    if (!answer || answer[0] === null) continue;
    const { statistic, pValue } = test.compare(pair);
    const [expected, p] = answer;
    const own = test.id === 'anderson' ? inScipysRange(statistic, pValue!) : pValue;
    if (!agree(statistic, expected, TOLERANCE) || !agree(own ?? 0, p ?? 0, P_TOLERANCE[test.id] ?? TOLERANCE))
      throw new Error(
        `pair ${i}, ${test.id}: ${statistic}, p ${pValue}; scipy: ${expected}, p ${p} (${pair.reference.length} and ${pair.current.length})`,
      );
    compared++;
  }
}
console.log(`${compared} tests of ${PAIRS} pairs of columns agree with scipy to ${TOLERANCE}`);

function isFor({ columnKinds, categories }: DriftTest, pair: Samples): boolean {
  return columnKinds.includes(pair.kind) && (categories === undefined || categories === pair.reference.length);
}

/** The p-values of `anderson_ksamp` end at .25 and .001, the first and the last of its critical values. */
function inScipysRange(statistic: number, pValue: number): number {
  if (statistic < 0.325) return 0.25;
  return statistic > 6.546 ? 0.001 : pValue;
}

/** Small values absolutely, larger ones relatively. */
function agree(found: number, expected: number, tolerance: number): boolean {
  return Math.abs(found - expected) <= tolerance * Math.max(1, Math.abs(expected));
}

function numbers(random: Random): Samples {
  const most = random.uniform() < 0.3 ? 40 : 3000;
  const [n, m] = [5 + random.integer(most), 5 + random.integer(most)];
  const shift = random.uniform() < 0.5 ? 0 : random.normal() / 3;
  const kind = random.integer(3);
  const draw = () => {
    const value = random.normal();
    if (kind === 0) return value;
    return kind === 1 ? Math.round(value * 4) : value / Math.max(0.001, random.uniform());
  };
  const reference = Float64Array.from({ length: n }, draw).sort();
  // Without spread there is no unit; columns like that are not judged.
  if (reference[0] === reference.at(-1)) return numbers(random);
  return { kind: 'numeric', reference, current: Float64Array.from({ length: m }, () => draw() + shift).sort() };
}

function categories(random: Random): Samples {
  const k = random.uniform() < 0.3 ? 2 : 2 + random.integer(30);
  const counts = (rows: number) => {
    const all = new Float64Array(k);
    for (let row = 0; row < rows; row++) all[Math.floor(k * random.uniform() * random.uniform())]!++;
    return all;
  };
  const [reference, current] = [counts(20 + random.integer(5000)), counts(20 + random.integer(5000))];
  const kept = (of: Float64Array) => of.filter((_, at) => reference[at]! + current[at]! > 0);
  return { kind: 'categorical', reference: kept(reference), current: kept(current) };
}
