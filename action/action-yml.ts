import { stringify } from 'yaml';
import type { z } from 'zod';
import { inputsSchema } from './inputs.ts';

/** What a later step can read of this one. */
export const OUTPUTS = {
  verdict: '`pass`, `fail` or `inconclusive`; empty when nothing was judged.',
  report: 'Path of the report as Markdown.',
  'report-json': 'Path of the report as JSON.',
  runs: 'Ids of the runs, as a JSON list.',
  artifact: 'Name of the artifact that holds runs, evidence and report.',
  'comment-url': 'Address of the comment on the pull request; empty when there is none.',
} as const;

/** `action.yml`, from the schema of the inputs. */
export function renderActionYml(): string {
  const inputs = Object.fromEntries(
    Object.entries(inputsSchema.shape).map(([name, schema]) => {
      const fallback = name === 'token' ? githubToken : defaultText(schema);
      return [
        name,
        { description: schema.description, required: false, ...(fallback !== '' && { default: fallback }) },
      ];
    }),
  );
  const document = {
    name: 'mlops-action',
    description: 'Reproducible training, tracked runs, comparison with main, and a merge gate that can be believed.',
    author: 'the mlops-action authors',
    branding: { icon: 'check-circle', color: 'green' },
    inputs,
    outputs: Object.fromEntries(Object.entries(OUTPUTS).map(([name, description]) => [name, { description }])),
    runs: { using: 'node24', main: 'dist/index.js' },
  };
  return `# Generated from action/inputs.ts; \`npm test -- -u\` refreshes it.\n${stringify(document, { lineWidth: 120 })}`;
}

const githubToken = ['$', '{{ github.token }}'].join('');

function defaultText(schema: z.ZodType): string {
  const parsed = schema.safeParse(undefined);
  return parsed.success && (typeof parsed.data === 'string' || typeof parsed.data === 'boolean')
    ? String(parsed.data)
    : '';
}
