import type { EvaluatedRun } from '../../comparison/compare-models.ts';
import { comparisonErrors } from '../../comparison/comparison-errors.ts';
import { limitedMetrics } from '../../comparison/limit-noise.ts';
import type { RunPredictions } from '../../comparison/paired-difference.ts';
import type { EvidencePlace } from '../../config/evidence-place.ts';
import { withNoiseHistory } from '../../evaluation/uncertainty/noise-history.ts';
import { keptRows } from '../../evidence/kept-rows.ts';
import { publishEvidence } from '../../evidence/published-evidence.ts';
import type { Ports } from '../ports.ts';
import type { LoadedDataset } from './load-dataset.ts';

/**
 * A run as it is recorded: with what earlier runs say of its noise, and the digest of what is kept of its predictions.
 *
 * @param before the same model's run of the baseline.
 */
export function finishedRun(
  { run, predictions }: EvaluatedRun,
  { config, metrics }: Pick<LoadedDataset, 'config' | 'metrics'>,
  { before, evidence }: { readonly before: EvaluatedRun | undefined; readonly evidence: EvidencePlace },
): EvaluatedRun {
  const errors = before && comparisonErrors(before, { run, predictions }, limitedMetrics(config.gates, metrics));
  const published = evidence === 'branch' && predictions ? { evidenceSha256: publishEvidence(predictions).sha256 } : {};
  const rows = evidence === 'off' && predictions ? { keptRows: keptRows(predictions.rowSet).id } : {};
  const whole = withNoiseHistory(run, before?.run, errors);
  return { run: { ...whole, ...published, data: { ...whole.data, ...rows } }, predictions };
}

/**
 * Stores runs with their predictions or, where these are not kept, with what is kept of their rows.
 *
 * @throws StoreError
 */
export async function storeRuns(
  runs: readonly EvaluatedRun[],
  evidence: EvidencePlace,
  ports: Pick<Ports, 'runs' | 'evidence'>,
): Promise<void> {
  for (const allPredictions of byRowSet(runs)) {
    const { rowSet } = allPredictions[0]!;
    if (evidence === 'off') await ports.evidence.put(keptRows(rowSet), []);
    else
      await ports.evidence.put(
        rowSet,
        allPredictions.map((each) => each.evidence),
      );
  }
  await ports.runs.put(runs.map(({ run }) => run));
}

/** Predictions grouped by row set: models that are evaluated on all rows share one. */
function byRowSet(runs: readonly EvaluatedRun[]): readonly (readonly RunPredictions[])[] {
  const groups = new Map<string, RunPredictions[]>();
  for (const { predictions } of runs) {
    if (predictions) groups.set(predictions.rowSet.id, [...(groups.get(predictions.rowSet.id) ?? []), predictions]);
  }
  return [...groups.values()];
}
