import { isMap, isScalar, isSeq, parseDocument, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import { ConfigError } from '../errors/app-error.ts';
import { withValueAt } from './edit-text.ts';
import { parseProject } from './parse.ts';

/** Parameters to be written into `mlops.yml`, for one model of one dataset. */
export interface NewParameters {
  readonly dataset: string;
  readonly model: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** The models of the dataset, which stay its models where it lists none. */
  readonly models: readonly string[];
}

/**
 * The text of the project file with these parameters in it: under the dataset, so that no other dataset is changed. A list of models
 * becomes a map. Everything else stays as it is, comments and layout included.
 *
 * @throws ConfigError when the file cannot be edited so that it means just that.
 */
export function withParameters(text: string, file: string, parameters: NewParameters): string {
  const { dataset, model, params, models } = parameters;
  const edited = Object.entries(params).reduce<string | undefined>(
    (current, [name, value]) => current && withParameter(current, [dataset, model, name], yamlOf(value), models),
    text,
  );
  if (edited !== undefined && means(edited, file, parameters)) return edited;
  throw new ConfigError({
    file,
    place: `datasets.${dataset}.models`,
    message: 'cannot be edited automatically (it may be an alias)',
    next: `add the parameters by hand: ${model}: { ${Object.entries(params)
      .map(([name, value]) => `${name}: ${yamlOf(value)}`)
      .join(', ')} }`,
  });
}

function withParameter(
  text: string,
  [dataset, model, name]: readonly [string, string, string],
  value: string,
  models: readonly string[],
): string | undefined {
  const map = parseDocument(text).getIn(['datasets', dataset]);
  if (!isMap(map)) return undefined;
  const listed = map.get('models', true) as unknown;
  if (listed === undefined || (isScalar(listed) && listed.value === null)) {
    const all = models.map((each) => `${each}: ${each === model ? `{ ${name}: ${value} }` : '{}'}`);
    return withValueAt(text, map, ['models'], `{ ${all.join(', ')} }`);
  }
  if (isSeq(listed)) return withParameter(asMap(text, map, listed), [dataset, model, name], value, models);
  return isMap(listed) ? withValueAt(text, listed, [model, name], value) : undefined;
}

/** The text with a list of models as a map: `[a, b]` as `{ a: {}, b: {} }`, and `- a` as `a: {}`. */
function asMap(text: string, dataset: YAMLMap, list: YAMLSeq): string {
  const [start, end] = list.range!;
  const items = (list.items as Scalar[]).map(({ range }) => range!).reverse();
  if (list.flow) {
    const closing = text.lastIndexOf(']', end - 1);
    let inner = text;
    inner = `${inner.slice(0, closing)} }${inner.slice(closing + 1)}`;
    for (const [, itemEnd] of items) inner = `${inner.slice(0, itemEnd)}: {}${inner.slice(itemEnd)}`;
    return `${inner.slice(0, start)}{ ${inner.slice(start + 1)}`;
  }
  const key = dataset.items.map((item) => item.key as Scalar).find((each) => each.value === 'models')!;
  const column = (offset: number) => offset - (text.lastIndexOf('\n', offset - 1) + 1);
  const dashOf = (itemStart: number) => text.lastIndexOf('-', itemStart - 1);
  // A list may stand right below its key, a map may not.
  const deeper = column(dashOf(items[0]![0])) <= column(key.range![0]) ? '  ' : '';
  return items.reduce((current, [itemStart, itemEnd]) => {
    const dash = dashOf(itemStart);
    const name = current.slice(itemStart, itemEnd);
    return `${current.slice(0, dash)}${deeper}${name}: {}${current.slice(itemEnd)}`;
  }, text);
}

function yamlOf(value: unknown): string {
  return typeof value === 'string' && !/^[A-Za-z][A-Za-z0-9_]*$/.test(value) ? JSON.stringify(value) : String(value);
}

/** Whether the models of the dataset are what they were, and this one has the parameters. */
function means(text: string, file: string, { dataset, model, params, models }: NewParameters): boolean {
  const found = parseProject(text, file).datasets.find(({ id }) => id === dataset);
  const own = found?.models.find(({ id }) => id === model);
  return (
    found?.models.map(({ id }) => id).join() === models.join() &&
    own !== undefined &&
    Object.entries(params).every(([name, value]) => own.params[name] === value)
  );
}
