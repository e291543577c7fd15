import type { ConfigProblem } from '../errors/config-problem.ts';
import { models } from '../models/index.ts';
import type { Distribution, ParamValue } from './distribution.ts';
import type { Spaces } from './tuning.ts';

/** What is wrong with search spaces whose values are each well-formed. @param path of `spaces`. */
export function checkSpaces(path: readonly PropertyKey[], spaces: Spaces): ConfigProblem[] {
  return Object.entries(spaces).flatMap(([model, space]) => {
    const at = [...path, model];
    if (Object.keys(space).length === 0)
      return [{ path: at, message: 'has no parameter to vary', next: 'name one, or remove the space' }];
    return Object.entries(space).flatMap(([name, distribution]) => {
      const own = checkDistribution([...at, name], distribution);
      return own.length > 0 ? own : checkAllowed([...at, name], model, name, distribution);
    });
  });
}

function checkDistribution(path: readonly PropertyKey[], distribution: Distribution): ConfigProblem[] {
  if (distribution.type === 'categorical') {
    const { choices } = distribution;
    if (choices.length === 0)
      return [{ path: [...path, 'choices'], message: 'is empty', next: 'give the values to choose from' }];
    const twice = choices.find((choice, i) => choices.indexOf(choice) !== i);
    if (twice === undefined) return [];
    return [{ path: [...path, 'choices'], message: `has ${String(twice)} twice`, next: 'remove one of them' }];
  }
  const { type, low, high, log, step } = distribution;
  if (low > high)
    return [{ path, message: '`low` is above `high`', found: `low: ${low}, high: ${high}`, next: 'swap them' }];
  if (log && low <= 0) {
    return [
      {
        path: [...path, 'low'],
        message: '`log: true` needs a `low` above 0',
        found: String(low),
        next: 'raise `low`, or remove `log`',
      },
    ];
  }
  if (log && step !== (type === 'int' ? 1 : null))
    return [{ path: [...path, 'step'], message: '`step` and `log: true` exclude each other', next: 'remove one' }];
  return [];
}

/** Whether the model takes the ends of the range and a value between them, and every choice. */
function checkAllowed(
  path: readonly PropertyKey[],
  model: string,
  name: string,
  distribution: Distribution,
): ConfigProblem[] {
  const schema = models.get(model).params.shape[name];
  const takes = (value: ParamValue) => schema === undefined || schema.safeParse(value).success;
  const wrong = valuesOf(distribution).filter((value) => !takes(value));
  if (wrong.length === 0) return [];
  const isWhole = distribution.type === 'float' && takes(distribution.low) && takes(distribution.high);
  return [
    {
      path,
      message: `${model} does not take ${wrong.map(String).join(', ')} as ${name}`,
      next: isWhole
        ? 'write `type: int`, whose values are whole numbers'
        : `see \`${model}\` in the reference for what ${name} may be`,
    },
  ];
}

/** Some values that a trial may get: a model that takes these takes all. */
function valuesOf(distribution: Distribution): readonly ParamValue[] {
  if (distribution.type === 'categorical') return distribution.choices;
  const { type, low, high, step } = distribution;
  if (type === 'int' || low === high) return [low, high];
  // Without a step, one that is not whole.
  return [low, step === null ? (low + Math.min(high, Math.floor(low) + 1)) / 2 : low + step, high];
}
