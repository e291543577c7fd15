import { DataError, type Problem } from '../../errors/app-error.ts';
import { metrics } from '../../metrics/index.ts';
import { suggest } from '../../registry/suggest.ts';
import type { TargetType } from '../../table/task.ts';

/**
 * Numbers that a command says its model reaches: a JSON object of our metrics' ids and finite numbers within their ranges.
 *
 * @throws DataError that lists everything else that is in it.
 */
export function readMetrics(
  bytes: Uint8Array,
  { file, type }: { readonly file: string; readonly type: TargetType },
): ReadonlyMap<string, number> {
  const fitting = metrics.all.filter(({ targetTypes }) => targetTypes.includes(type)).map(({ id }) => id as string);
  const allowed = `an object of numbers by the names ${fitting.join(', ')}`;
  const fail = (message: string, found: string) => new DataError({ file, message, found, allowed });
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    const { message } = cause as Error;
    throw new DataError({ file, message: 'is not JSON', found: message, allowed }, { cause });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw fail('is not a JSON object', show(value));
  const entries = Object.entries(value as Record<string, unknown>);
  if (entries.length === 0) throw fail('contains no numbers', '{}');
  const problems = entries.flatMap(([name, number]): Problem[] => {
    if (!fitting.includes(name)) {
      const near = suggest(name, fitting);
      return [
        {
          file,
          place: name.slice(0, 100),
          message: `is not a metric for a ${type} target`,
          allowed: fitting.join(', '),
          next: near ? `did you mean "${near}"?` : 'leave it out',
        },
      ];
    }
    const [lowest, highest] = metrics.get(name).range;
    const isNumber = typeof number === 'number' && Number.isFinite(number);
    if (isNumber && number >= lowest && number <= highest) return [];
    return [
      {
        file,
        place: name,
        message: isNumber ? 'is out of range' : 'is not a finite number',
        found: show(number),
        allowed: `a number from ${lowest} to ${highest}`,
      },
    ];
  });
  if (problems.length > 0) throw new DataError(problems);
  return new Map(entries as [string, number][]);
}

function show(value: unknown): string {
  return JSON.stringify(value).slice(0, 100);
}
