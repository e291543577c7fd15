import { isMap, isPair, isScalar, LineCounter, type Node, parseDocument, parse as parseYaml } from 'yaml';
import { ConfigError, type Problem } from '../errors/app-error.ts';
import type { ConfigProblem } from '../errors/config-problem.ts';
import type { Origin } from './effective.ts';
import { describeIssue } from './issues.ts';
import { type Project, resolveProject } from './project.ts';
import { projectSchema } from './schema.ts';

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
      allowed: 'key=value, as in models.random_forest.n_estimators=50',
    });
  }
  try {
    return { path, value: parseYaml(text.slice(at + 1)) };
  } catch (cause) {
    throw new ConfigError(
      { place: `--set ${path.join('.')}`, message: 'the value is not YAML', found: text.slice(at + 1) },
      { cause },
    );
  }
}

/**
 * Reads `mlops.yml`: parse, check, fill in defaults, cross-check. Reports every problem of the file at once.
 *
 * @param file the path as the user knows it, for messages.
 * @throws ConfigError
 */
export function parseProject(text: string, file: string, overrides: readonly Override[] = []): Project {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  if (document.errors.length > 0) {
    throw new ConfigError(
      document.errors.map((error) => {
        const { line, col } = lines.linePos(error.pos[0]);
        return { file, place: `line ${line}, column ${col}`, message: `is not valid YAML: ${error.message}` };
      }),
    );
  }
  const lineOf = (path: readonly PropertyKey[]) => {
    const offset = offsetOf(document.contents, path);
    return offset === undefined ? undefined : lines.linePos(offset).line;
  };
  let raw: unknown;
  try {
    raw = document.toJS({ maxAliasCount: 100 }) ?? {};
  } catch (cause) {
    throw new ConfigError({ file, message: 'could not be read: its anchors expand to too much' }, { cause });
  }
  for (const override of overrides) raw = withOverride(raw, override);

  const parsed = projectSchema.safeParse(raw);
  if (!parsed.success)
    throw new ConfigError(
      parsed.error.issues.flatMap((issue) => describeIssue(issue, raw, projectSchema)).map(located(file, lineOf)),
    );
  const { project, problems } = resolveProject(parsed.data, raw);
  if (problems.length > 0) throw new ConfigError(problems.map(located(file, lineOf)));
  return project;
}

/**
 * Says where a value of the file comes from: `mlops.yml:12`, `--set`, or undefined for a default. A parameter of a data set's
 * model may come from the parameters of all.
 *
 * @param text a file that `parseProject` has accepted.
 */
export function originsOf(text: string, file: string, overrides: readonly Override[] = []): Origin {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const own: Origin = (path) => {
    if (overrides.some((override) => override.path.every((step, i) => step === path[i]))) return '--set';
    if (!document.hasIn(path)) return undefined;
    const offset = offsetOf(document.contents, path);
    return offset === undefined ? file : `${file}:${lines.linePos(offset).line}`;
  };
  return (path) => own(path) ?? (path[0] === 'datasets' && path[2] === 'models' ? own(path.slice(2)) : undefined);
}

function located(file: string, lineOf: (path: readonly PropertyKey[]) => number | undefined) {
  return ({ path, ...problem }: ConfigProblem): Problem => {
    const line = lineOf(path);
    const key = path.map(String).join('.');
    return { ...problem, file: line === undefined ? file : `${file}:${line}`, ...(key && { place: key }) };
  };
}

/** Offset of the deepest node of the path that is in the file. */
function offsetOf(root: Node | null, path: readonly PropertyKey[]): number | undefined {
  let node: unknown = root;
  let offset: number | undefined;
  for (const step of path) {
    if (!isMap(node)) break;
    const pair = node.items.find(
      (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(step),
    );
    if (!pair) break;
    offset = (pair.key as Node).range?.[0] ?? offset;
    node = pair.value;
  }
  return offset;
}

function withOverride(raw: unknown, { path, value }: Override): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  const object = raw !== null && typeof raw === 'object' && !Array.isArray(raw) ? (raw as Record<string, unknown>) : {};
  return { ...object, [step]: withOverride(object[step], { path: rest, value }) };
}
