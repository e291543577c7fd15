import { stringify } from 'yaml';
import type { z } from 'zod';
import { optionKind } from '../core/commands/options.ts';
import { actionInputs } from './inputs.ts';

/** What a later step can read of this one. */
export const OUTPUTS = {
  outcome:
    '`pass`, `fail`, `inconclusive`, `not_comparable`, `first_run`, `nothing_to_merge`, `done` when there was nothing to judge, or `error`.',
  report: 'Path of the report as Markdown; empty when there is none.',
  'report-json': 'Path of the report as JSON; empty when there is none.',
  'report-html': 'Path of the report as an HTML page with charts; empty when there is none.',
  'report-url': 'Where that page can be opened: an artifact of its own; empty when there is none.',
  result: 'Path of the result as JSON, the same document that `mlops --json` prints.',
  runs: 'Ids of the runs, as a JSON list.',
  artifact: 'Name of the artifact that holds runs, evidence and report.',
  base: 'Of the command `plan`: the base commit; empty where nothing is compared with one.',
  train: 'Of the command `plan`: the datasets that have to be trained, as a JSON list for a matrix.',
  'train-base': 'Of the command `plan`: those of the base commit that have to be trained, too.',
  'comment-url': 'URL of the comment on the pull request; empty when there is none.',
} as const;

/** What the reference and `action.yml` say of an input. */
export function describeInput(schema: z.ZodType): string {
  return `${schema.description}${optionKind(schema) === 'array' ? ' One per line.' : ''}`;
}

/** `action.yml`, from the options of the commands. */
export function renderActionYml(): string {
  const inputs = Object.fromEntries(
    Object.entries(actionInputs()).map(([name, schema]) => {
      const fallback = name === 'token' ? githubToken : defaultText(schema);
      return [
        name,
        { description: describeInput(schema), required: false, ...(fallback !== '' && { default: fallback }) },
      ];
    }),
  );
  const document = {
    name: 'mlops-action',
    description: 'Reproducible training, tracked runs, comparison with main, and a merge gate you can trust.',
    author: 'the mlops-action authors',
    branding: { icon: 'check-circle', color: 'green' },
    inputs,
    outputs: Object.fromEntries(Object.entries(OUTPUTS).map(([name, description]) => [name, { description }])),
    runs: { using: 'node24', main: 'dist/index.js' },
  };
  return `# Generated from core/commands and action/inputs.ts; \`npm test -- -u\` refreshes it.\n${stringify(document, { lineWidth: 120 })}`;
}

const githubToken = ['$', '{{ github.token }}'].join('');

function defaultText(schema: z.ZodType): string {
  const parsed = schema.safeParse(undefined);
  return parsed.success && (typeof parsed.data === 'string' || typeof parsed.data === 'boolean')
    ? String(parsed.data)
    : '';
}
