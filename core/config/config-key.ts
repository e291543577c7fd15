/**
 * What the program needs to know about one key of `mlops.yml`. The effective configuration, the judge keys, the hash of a run's
 * inputs and the types of the configuration all derive from it.
 */
export interface ConfigKey<Key extends string, Written, Value, Context> {
  /** As written in `mlops.yml`; in memory the same in camelCase. */
  readonly key: Key;
  /** The value as commands use it. Defaults are filled in where they do not depend on the table; null where they do. */
  normalise(written: Written, context: Context): Value;
  /** The base commit decides it: what a pull request changes is reported, and ignored until it is merged. */
  readonly isJudgeKey: boolean;
  /** The rules in a value, by the rest of their key; default: the whole value is one rule. */
  rules?(value: Value): Readonly<Record<string, unknown>>;
  /** The change's own value where the base decides; default: the base's value. */
  decidedByBase?(own: Value, base: Value): Value;
  /** The value as `mlops.yml` would say it; default: as it is. */
  written?(value: Value): unknown;
  /** What decides a null: of the value itself, or of the values in it. */
  readonly whenNull?: string | Readonly<Record<string, string>>;
}

/** `on_data_change` as `onDataChange`. */
export type CamelCase<Key extends string> = Key extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : Key;

export function camelCase(key: string): string {
  return key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** Reads the value of a key from a normalised configuration. */
export function readKey(config: object, key: string): unknown {
  return (config as Readonly<Record<string, unknown>>)[camelCase(key)];
}

/** Normalises all keys of a section. */
export function normaliseAll(
  keys: readonly ConfigKey<string, unknown, unknown, unknown>[],
  written: object,
  context: unknown,
): Record<string, unknown> {
  return Object.fromEntries(
    keys.map((each) => [
      camelCase(each.key),
      each.normalise((written as Readonly<Record<string, unknown>>)[each.key], context),
    ]),
  );
}
