import type { BaselineSource, Verified } from '../../comparison/baseline.ts';
import type { Log } from '../../ports/log.ts';

/** Baselines that tell, for debugging, of each run that was considered how far it is believed and why. */
export function loggedBaselines(baselines: BaselineSource, log: Pick<Log, 'debug'>): BaselineSource {
  return {
    runs: baselines.runs,
    async verify(run) {
      const verified = await baselines.verify(run);
      log.debug(`baseline run ${run.id} of commit ${run.git.sha ?? 'none'}: ${said(verified)}`);
      return verified;
    },
  };
}

function said(verified: Verified): string {
  if (verified.kind === 'refused' || verified.kind === 'unverified') return `${verified.kind}: ${verified.why}`;
  return `${verified.kind}, ${verified.predictions ? 'with' : 'without'} evidence`;
}
