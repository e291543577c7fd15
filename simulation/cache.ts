import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { HardGroup } from './hard/hard-plan.ts';
import { type Group, groups, nameOf } from './plan.ts';
import type { Cache } from './replicate.ts';

/** Raised when what is written of a run changes. */
const FORMAT = 2;
const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Where a replicate's runs and judgements are kept: under names that change with whatever they follow from. */
export function cacheOfPool(): (group: number, replicate: number) => Cache {
  const code = judgingCode();
  return (group, replicate) => {
    const { pairs, metrics, onMain } = groups[group]!;
    const judging = shortHash(JSON.stringify([code, pairs, metrics, onMain]));
    const at = join(ROOT, '.cache/simulate', `${nameOf(groups[group]!)}-${recipeSha256(groups[group]!)}`);
    return { runs: join(at, `${replicate}.runs`), judgements: join(at, `${replicate}.${judging}.json`) };
  };
}

/** What a group's cached runs were made of, as far as it is data; that models are the same is for the probe to say. */
function recipeSha256({ source, size, model, params, runs }: Group): string {
  const { id, target, features } = source;
  return shortHash(JSON.stringify([FORMAT, id, target, features, size, model, params, runs]));
}

/**
 * Where the runs and judgements of a hard group are kept.
 *
 * @param probe evidence of a run as it is trained today: models that changed are trained anew.
 */
export function cacheOfHard(group: HardGroup, probe: string): (from: number, calibration: unknown) => Cache {
  const code = judgingCode();
  const recipe = shortHash(
    JSON.stringify([FORMAT, group.params, group.runs.map(({ change, seed }) => [change, seed]), group.metrics, probe]),
  );
  const at = join(ROOT, '.cache/simulate/hard', `${group.name}-${recipe}`);
  return (from, calibration) => {
    const judging = shortHash(JSON.stringify([code, group.kinds, calibration]));
    return { runs: join(at, `${from}.runs`), judgements: join(at, `${from}.${judging}.json`) };
  };
}

/** The code that judgements follow from, beside the runs: cached ones of other code are of no use. */
function judgingCode(): string {
  const files = globSync(
    [
      'core/{comparison,evaluation,evidence,metrics,stats}/**/*.ts',
      'simulation/{observe,judged,replicate,train-run,hard/*}.ts',
    ],
    { cwd: ROOT, exclude: ['**/*.test.ts'] },
  );
  return shortHash(
    files
      .sort()
      .map((file) => readFileSync(join(ROOT, file), 'utf8'))
      .join('\n'),
  );
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
