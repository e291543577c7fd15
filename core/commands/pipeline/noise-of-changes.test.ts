import { expect, it } from 'vitest';
import { generators } from '../../datasets/index.ts';
import { writeCsv } from '../../table/csv-writer.ts';
import { runProject } from './run-project.fixture.ts';

const TABLE = writeCsv(generators.get('customer_churn').generate({ rows: 200, seed: 3 }));
const project = (ignored: string) => `
datasets:
  churn:
    path: churn.csv
    target: Churn
    models: [logistic_regression]
    metrics: [roc_auc, accuracy]
    columns: { ${ignored} }
    gates: { roc_auc: { max_drop: 0.001 } }
`;

it('a harmless change prints the drop that its gate catches, since runs of the default branch remember how noisy changes are', async () => {
  const tables = { 'churn.csv': TABLE };
  const commit = { tables, place: 'tracked_branch' } as const;
  const first = await runProject({ ...commit, yml: project('tenure: ignore') });
  expect(first.runs[0]!.metrics.roc_auc!.history).toBeUndefined();
  const yml = project('gender: numeric').replace('{ gender: numeric }', '{}');
  const second = await runProject({ ...commit, yml, sha: '2', earlier: [first.ports] });
  const [error] = second.runs[0]!.metrics.roc_auc!.history!.errors!;
  expect(error).toBeGreaterThan(0);
  // It has no limit, and is not the primary metric.
  expect(second.runs[0]!.metrics.accuracy!.history).toBeUndefined();
  const change = await runProject({
    ...{ tables, yml, base: yml, sha: '3' },
    earlier: [second.ports],
  });
  const [gate] = change.report.verdict!.gates;
  if (gate?.kind !== 'limit') throw new Error('no limit was judged');
  const { standardError, earlierError, smallestDrop, undecided } = gate.compared!.test!;
  expect(standardError).toBe(0);
  expect(earlierError).toBe(error);
  expect(smallestDrop).toBeGreaterThan(4 * error!);
  expect(undecided).toMatchObject({ counted: { of: 'rarest_class' } });
  expect(undecided!.needed).toBeGreaterThan(undecided!.counted.n);
});
