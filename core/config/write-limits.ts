import { isMap, parseDocument } from 'yaml';
import { ConfigError } from '../errors/app-error.ts';
import { withValueAt } from './edit-text.ts';

/** A `max_drop` to be written into `mlops.yml`. */
export interface NewLimit {
  readonly dataset: string;
  readonly metric: string;
  readonly maxDrop: number;
}

/**
 * The text of the project file with these limits in it. Everything else stays as it is, comments and layout included.
 *
 * @throws ConfigError when a dataset is not a map of its own (an alias).
 */
export function withLimits(text: string, file: string, limits: readonly NewLimit[]): string {
  return limits.reduce((current, { dataset, metric, maxDrop }) => {
    const map = parseDocument(current).getIn(['datasets', dataset]);
    const edited = isMap(map) ? withValueAt(current, map, ['gates', metric, 'max_drop'], String(maxDrop)) : undefined;
    if (edited !== undefined) return edited;
    throw new ConfigError({
      file,
      place: `datasets.${dataset}`,
      message: 'cannot be edited automatically: it is not a map of its own (it may be an alias)',
      next: `add the limit by hand: gates: { ${metric}: { max_drop: ${maxDrop} } }`,
    });
  }, text);
}
