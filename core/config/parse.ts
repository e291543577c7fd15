import { type ErrorCode, LineCounter, parseDocument } from 'yaml';
import { ConfigError, type Problem } from '../errors/app-error.ts';
import type { ConfigProblem } from '../errors/config-problem.ts';
import { describeIssue } from './issues.ts';
import { offsetOf } from './origins.ts';
import { type Override, withOverride } from './overrides.ts';
import { type Project, resolveProject } from './project.ts';
import { projectSchema } from './schema.ts';

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
        const place = `line ${line}, column ${col}`;
        return { file, place, message: `is not valid YAML: ${error.message}`, next: YAML_ADVICE[error.code] ?? LOOK };
      }),
    );
  }
  let raw: unknown;
  try {
    raw = document.toJS({ maxAliasCount: 100 }) ?? {};
  } catch (cause) {
    const problem = { file, message: 'has too many YAML aliases', next: 'write some of the values out' };
    throw new ConfigError(problem, { cause });
  }
  for (const override of overrides) raw = withOverride(raw, override);

  const located = ({ path, ...problem }: ConfigProblem): Problem => {
    const { offset } = offsetOf(document, path);
    const place = path.map(String).join('.');
    const where = offset === undefined ? file : `${file}:${lines.linePos(offset).line}`;
    return { ...problem, file: where, ...(place && { place }) };
  };
  const parsed = projectSchema.safeParse(raw);
  if (!parsed.success) {
    const { issues } = parsed.error;
    throw new ConfigError(issues.flatMap((issue) => describeIssue(issue, raw, projectSchema)).map(located));
  }
  const { project, problems } = resolveProject(parsed.data, raw);
  if (problems.length > 0) throw new ConfigError(problems.map(located));
  return project;
}

const LOOK = 'check the indentation, quotes and brackets of this line and of those before it';
const YAML_ADVICE: Readonly<Partial<Record<ErrorCode, string>>> = {
  DUPLICATE_KEY: 'remove one of the two, or put their values under one key',
  TAB_AS_INDENT: 'indent with spaces',
};

/** The project file is not where it was looked for. */
export function missingProject(file: string): ConfigError {
  return new ConfigError({
    file,
    message: 'file not found',
    next: 'create it with `mlops init <table> --target <column>`, or give its path with --config',
  });
}
