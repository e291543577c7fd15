import { parse as parseYaml } from 'yaml';
import { ConfigError } from '../errors/app-error.ts';

/** One `--set key=value` of the command line or a line of the Action's input `set`. */
export interface Override {
  readonly path: readonly string[];
  readonly value: unknown;
}

/**
 * Parses `models.random_forest.n_estimators=10`; the value is read as YAML, so `true`, `3` and `[a, b]` mean what they
 * mean in the file.
 *
 * @throws ConfigError when there is no `=` or no key.
 */
export function parseOverride(text: string): Override {
  const at = text.indexOf('=');
  const path = text
    .slice(0, Math.max(at, 0))
    .split('.')
    .map((step) => step.trim());
  if (at < 0 || path.some((step) => step === '' || step === '__proto__')) {
    throw new ConfigError({
      place: '--set',
      message: 'is not a key and a value',
      found: text,
      allowed: 'key=value, for example models.random_forest.n_estimators=50',
    });
  }
  try {
    return { path, value: parseYaml(text.slice(at + 1)) };
  } catch (cause) {
    throw new ConfigError(
      {
        place: `--set ${path.join('.')}`,
        message: 'the value is not valid YAML',
        found: text.slice(at + 1),
        next: 'quote the value if it contains special characters',
      },
      { cause },
    );
  }
}

/** The document with a value put in. */
export function withOverride(raw: unknown, { path, value }: Override): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  const object = raw !== null && typeof raw === 'object' && !Array.isArray(raw) ? (raw as Record<string, unknown>) : {};
  return { ...object, [step]: withOverride(object[step], { path: rest, value }) };
}
