import type { EvidenceStore } from '../evidence/evidence.ts';
import type { Run } from '../tracking/run.ts';
import type { EvaluatedRun } from './compare-models.ts';

/** A run with its predictions or, where these are not kept, with what is kept of its rows. */
export async function evaluatedRunIn(store: Pick<EvidenceStore, 'get' | 'rows'>, run: Run): Promise<EvaluatedRun> {
  const predictions = (await store.get(run.id)) ?? null;
  const { keptRows } = run.data;
  const rows = predictions || keptRows === undefined ? undefined : await store.rows(keptRows);
  return { run, predictions, ...(rows && { rows }) };
}
