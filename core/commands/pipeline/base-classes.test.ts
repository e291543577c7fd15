import { describe, expect, it } from 'vitest';
import { createRandom } from '../../random/random.ts';
import { runProject } from './run-project.fixture.ts';

const yml = `
datasets:
  d:
    path: d.csv
    target: y
    models: [logistic_regression]
    metrics: [f1, recall]
    columns: { noise: numeric }
    gates: { f1: { max_drop: 0.01 }, recall: { max_drop: 0.01 } }
`;
/** A change that takes what tells the target from the model. */
const WORSE = yml.replace('noise: numeric', 'x: ignore');

/** 400 rows with an id, of which one in five is `Yes`. @param more lines at the end. */
function table(more: readonly string[] = [], relabel = (label: string, _row: number) => label): string {
  const random = createRandom(9, 'classes');
  const rows = Array.from({ length: 400 }, (_, i) => {
    const x = random.normal();
    const label = x + 0.7 * random.normal() > 1 ? 'Yes' : 'No';
    return `r${i},${x.toFixed(4)},${random.normal().toFixed(4)},${relabel(label, i)}`;
  });
  return `id,x,noise,y\n${[...rows, ...more].join('\n')}\n`;
}
const strange = (n: number, label = 'yes') => Array.from({ length: n }, (_, i) => `s${i},${i / n},0,${label}`);

async function judged(before: string, after: string, changed = yml) {
  const main = await runProject({ yml, tables: { 'd.csv': before }, place: 'tracked_branch' });
  const change = await runProject({
    ...{ yml: changed, base: yml, tables: { 'd.csv': after } },
    ...{ sha: '2', earlier: [main.ports] },
  });
  return { main, change, verdict: change.report.verdict! };
}

describe('a change is measured by the classes of its base', () => {
  it('so that a stray label hides no drop', async () => {
    const { change, verdict } = await judged(table(), table(strange(1)), WORSE);
    expect(change.runs[0]).toMatchObject({ targetType: 'binary', classes: ['No', 'Yes'], data: { rows: 400 } });
    expect(verdict.outcome).toBe('fail');
    expect(verdict.gates.map(({ outcome }) => outcome)).toEqual(['fail', 'fail']);
    expect(change.report.warnings.join('\n')).toContain(
      '1 of 401 rows has a class that the baseline does not know ("yes") and is left out; its classes are "No", "Yes"',
    );
    expect(change.report.warnings.join('\n')).toContain(
      'the target "y" has classes that differ only in case, blanks or punctuation: "Yes"',
    );
  });

  it('so that a stray label alone changes nothing', async () => {
    const { main, change, verdict } = await judged(table(), table(strange(1)));
    expect(verdict.outcome).toBe('pass');
    expect(change.runs[0]!.metrics).toEqual(main.runs[0]!.metrics);
  });

  it('also where the base has the stray label, and the change mends it', async () => {
    const stray = table([], (label, i) => (i === 7 ? 'yes' : label));
    const { main, change, verdict } = await judged(stray, table());
    expect(main.runs[0]!.classes).toEqual(['No', 'Yes', 'yes']);
    expect(change.runs[0]!.classes).toEqual(['No', 'Yes', 'yes']);
    expect(verdict.outcome).toBe('pass');
    expect(verdict.evaluationSets[0]).toMatchObject({ relabelled: 1 });
    // Once it is merged, main has the classes of its own table.
    const merged = await runProject({
      ...{ yml, base: yml, tables: { 'd.csv': table() }, sha: '3' },
      ...{ earlier: [main.ports], place: 'tracked_branch' as const },
    });
    expect(merged.runs[0]!.classes).toEqual(['No', 'Yes']);
  });

  it('and a class that has 1 % of the rows is another evaluation set', async () => {
    const few = await judged(table(), table(strange(4, 'Maybe')));
    expect(few.verdict.outcome).toBe('pass');
    // Exactly 1 %: 5 of 500 rows.
    const border = await judged(
      table(strange(95, 'No')),
      table([...strange(95, 'No'), ...strange(100, 'Maybe').slice(95)]),
    );
    expect(border.verdict.evaluationSets[0]).toMatchObject({ outcome: 'fail', ofNewClasses: 5, candidateRows: 500 });
    const many = await judged(table(), table(strange(5, 'Maybe')));
    expect(many.verdict.outcome).toBe('fail');
    expect(many.verdict.evaluationSets[0]).toMatchObject({ outcome: 'fail', gone: 0, relabelled: 0, ofNewClasses: 5 });
  });

  it('which is measured by the classes of the base all the same, for whoever accepts it', async () => {
    const maybe = strange(40, 'Maybe');
    const same = await judged(table(), table(maybe));
    expect(same.change.runs[0]).toMatchObject({ classes: ['No', 'Yes'], data: { rows: 400, ofNewClasses: 40 } });
    expect(same.verdict.evaluationSets[0]).toMatchObject({ outcome: 'fail', ofNewClasses: 40, candidateRows: 440 });
    expect(same.verdict.gates.map(({ outcome }) => outcome)).toEqual(['pass', 'pass']);
    expect(same.change.runs[0]!.metrics).toEqual(same.main.runs[0]!.metrics);
    const worse = await judged(table(), table(maybe), WORSE);
    expect(worse.verdict.gates.map(({ outcome }) => outcome)).toEqual(['fail', 'fail']);
  });

  it('and where fewer than two classes of the base are left, nothing is measured by them', async () => {
    const { change, verdict } = await judged(
      table(),
      table([], (label) => (label === 'Yes' ? 'Yes' : 'Never')),
    );
    expect(change.runs[0]!.classes).toEqual(['Never', 'Yes']);
    const [result] = verdict.evaluationSets;
    expect(result!.outcome).toBe('fail');
    expect(result!.relabelled).toBe(result!.ofNewClasses);
  });

  it('and a class that is gone is another evaluation set', async () => {
    const { verdict } = await judged(
      table([], (label, i) => (i % 50 === 0 ? 'Maybe' : label)),
      table(),
    );
    expect(verdict.evaluationSets[0]).toMatchObject({ outcome: 'fail', relabelled: 8 });
  });
});
