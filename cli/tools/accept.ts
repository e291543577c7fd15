import { randomBytes } from 'node:crypto';
import { relative, resolve } from 'node:path';
import { z } from 'zod';
import { nameOf, openPoints, statedBy } from '../../core/comparison/accept.ts';
import type { Verdict } from '../../core/comparison/verdict.ts';
import { ConfigError } from '../../core/errors/app-error.ts';
import { fileExists, readText } from '../../core/io/files.ts';
import { createFolderAcceptanceStore } from '../../core/io/folder/folder-acceptance-store.ts';
import { type Clone, openClone } from '../../core/io/git/clone.ts';
import { createGitAcceptanceStore } from '../../core/io/git/git-acceptance-store.ts';
import { readGitState } from '../../core/io/git/git-history.ts';
import { cacheIn, originOf } from '../../core/io/git/runs-of-clone.ts';
import { suggest } from '../../core/registry/suggest.ts';
import { plural } from '../../core/report/numbers.ts';
import type { Acceptance } from '../../core/tracking/acceptance.ts';
import { historyOptions, readProject } from '../run-history.ts';
import { defineTool } from '../tool.ts';

const DEFAULT_BRANCH = 'runs';

/** What of a report is looked at. */
const reportSchema = z.looseObject({
  head: z.looseObject({ sha: z.string().nullable(), dirty: z.boolean() }),
  verdict: z.custom<Verdict>((value) => typeof value === 'object').nullable(),
});

export const accept = defineTool({
  id: 'accept',
  summary: 'let a gate that does not hold pass for this commit, and record who decided so and why',
  arguments: ['gate'],
  notes: [
    [
      'A gate is named <dataset>.<metric>, that of a slice <dataset>.<metric>@<column>=<value>, changed data <dataset>.data.',
      'What was judged is read from the report of the last pipeline or compare. It holds for that commit and that value alone.',
    ].join('\n'),
  ],
  examples: [['mlops accept churn.roc_auc --because "older customers are left out on purpose, see #42"', '']],
  options: z.strictObject({
    gate: z.string().min(1).describe('The gate, as reports name it.'),
    because: z.string().min(1).max(1000).optional().describe('Why. Required.'),
    config: historyOptions.shape.config,
    report: z.string().min(1).default('reports/report.json').describe('The report that says what was judged.'),
    local: z
      .boolean()
      .default(false)
      .describe('Only on this machine; else it is pushed to the branch of runs of origin.'),
  }),
  async run({ gate, because, config, report, local }, place) {
    if (because === undefined) {
      throw new ConfigError({ place: '--because', message: 'a reason is missing', next: 'say why: --because "…"' });
    }
    const { root, project } = await readProject({ config }, place);
    const { verdict, sha } = await readReport(resolve(root, report), relative(place.cwd, resolve(root, report)), root);
    const acceptances = named(verdict, gate).map((point): Acceptance => {
      const at = new Date().toISOString();
      const stamp = at.replaceAll(/[-:]/g, '').replace('T', '-').slice(0, 15);
      return {
        schema: 1,
        id: `${stamp}-${randomBytes(4).toString('hex')}`,
        ...statedBy(point),
        sha,
        by: '',
        at,
        because,
      };
    });
    const clone = await openClone(root);
    const by = (await clone?.git.tryRun(['config', 'user.name']))?.trim() || 'somebody without a name';
    const signed = acceptances.map((acceptance) => ({
      ...acceptance,
      by: by.replaceAll(/<[^>]*>|\S+@\S+/g, '').trim() || 'somebody',
    }));
    await createFolderAcceptanceStore(resolve(root, '.mlops')).put(signed);
    const where = local || !clone ? undefined : await push(clone, project?.tracking.branch ?? DEFAULT_BRANCH, signed);
    const known = where ? `recorded on ${where}` : 'recorded on this machine alone';
    return {
      text: `${plural(signed.length, 'gate')} accepted for ${sha.slice(0, 7)}, ${known}: ${gate}\n`,
      files: [],
    };
  },
});

async function push(clone: Clone, branch: string, acceptances: readonly Acceptance[]): Promise<string | undefined> {
  const remote = await originOf(clone);
  if (remote === undefined) return undefined;
  const store = createGitAcceptanceStore({ remote, branch, ...cacheIn(clone, 'accepted') });
  await store.put(acceptances);
  return store.description;
}

async function readReport(path: string, file: string, root: string): Promise<{ verdict: Verdict; sha: string }> {
  const next = 'run `mlops pipeline` at the commit that was judged: models are the same to the last bit everywhere';
  if (!(await fileExists(path))) throw new ConfigError({ file, message: 'there is no report', next });
  const parsed = reportSchema.safeParse(JSON.parse(await readText(path)));
  if (!parsed.success || !parsed.data.verdict)
    throw new ConfigError({ file, message: 'is no report of a verdict', next });
  const { head, verdict } = parsed.data;
  const { sha } = await readGitState(root);
  if (head.sha === null || head.dirty) {
    throw new ConfigError({
      file,
      message: 'is of changes that were not committed',
      next: `commit them, then ${next}`,
    });
  }
  if (head.sha !== sha) {
    throw new ConfigError({
      file,
      message: `is of ${head.sha.slice(0, 7)}`,
      found: `HEAD is ${sha?.slice(0, 7)}`,
      next,
    });
  }
  return { verdict, sha: head.sha };
}

function named(verdict: Verdict, gate: string): ReturnType<typeof openPoints> {
  const open = openPoints(verdict);
  const found = open.filter((point) => nameOf(point) === gate);
  if (found.length > 0) return found;
  const names = [...new Set(open.map(nameOf))];
  const near = suggest(gate, names);
  throw new ConfigError({
    place: 'mlops accept',
    message: `no gate "${gate}" fails or is open in this report`,
    allowed: names.join(', ') || 'nothing: every gate holds',
    ...(near && { next: `did you mean "${near}"?` }),
  });
}
