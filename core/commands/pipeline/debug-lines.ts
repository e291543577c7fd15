import type { Baseline } from '../../comparison/baseline.ts';
import type { BaselineSource } from '../../comparison/baseline-source.ts';
import type { Log } from '../../ports/log.ts';
import type { LoadedDataset } from './load-dataset.ts';

// What `--verbose` and the runner's debug logging say of a baseline that was not taken and a model that was not trained.

/** Baselines that tell of each commit that was considered what it has. */
export function tellingBaselines(baselines: BaselineSource, log: Pick<Log, 'debug'>): BaselineSource {
  return {
    ...baselines,
    async at(sha) {
      const commit = await baselines.at(sha);
      const runs = commit.runs.map(({ run, predictions }) => `${run.id}${predictions ? '' : ' without evidence'}`);
      log.debug(`baseline: commit ${sha} has ${commit.provenance} runs [${runs.join(', ')}]`);
      if (commit.unseen) log.debug(`baseline: of commit ${sha} runs may be missing: ${JSON.stringify(commit.unseen)}`);
      return commit;
    },
  };
}

/** Tells which baseline a dataset has, what was passed over on the way, or why there is none. */
export function tellBaseline(log: Pick<Log, 'debug'>, dataset: string, baseline: Baseline): void {
  if (baseline.kind === 'none') {
    log.debug(`baseline of ${dataset}: none, ${JSON.stringify(baseline.why)}`);
    return;
  }
  for (const passed of baseline.passedOver) log.debug(`baseline of ${dataset}: passed over ${JSON.stringify(passed)}`);
  log.debug(`baseline of ${dataset}: commit ${baseline.sha}, ${baseline.kind}, ${baseline.provenance}`);
}

/**
 * Tells which models of a dataset are not trained, and why.
 *
 * @param listed all that the dataset has, by default or by name.
 * @param chosen those that the command was asked for; all when empty.
 */
export function tellSkippedModels(
  log: Pick<Log, 'debug'>,
  { config, task, models }: LoadedDataset,
  listed: readonly string[],
  chosen: readonly string[],
): void {
  for (const id of listed) {
    if (models.some((model) => model.id === id)) continue;
    const isLeftOut = chosen.length > 0 && !chosen.includes(id);
    log.debug(`${config.id}: ${id} is skipped, ${isLeftOut ? 'it was not chosen' : `it does not suit ${task}`}`);
  }
}
