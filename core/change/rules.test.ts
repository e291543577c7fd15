import { describe, expect, it } from 'vitest';
import { AppError } from '../errors/app-error.ts';
import type { Standing } from '../ports/change.ts';
import type { CommitTree } from '../ports/commit-tree.ts';
import { aCheckout, aCommit, type Files, shaOf, someCommits } from './commits.fixture.ts';
import { readRules } from './rules.ts';

const project = (maxDrop: number, rest = '') => `${rest}datasets:
  churn: { path: churn.csv, target: y, metrics: [accuracy], models: [dummy], gates: { accuracy: { max_drop: ${maxDrop} } } }
`;
const dropOf = (rules: Awaited<ReturnType<typeof readRules>>) =>
  rules.base?.datasets[0]?.gates.byMetric.accuracy?.max_drop;

/** main is at `d`, the base commit is `b`, and `h` is checked out. */
async function rules(
  files: { readonly d?: Files; readonly b?: Files; readonly h?: Files },
  options: {
    readonly file?: string;
    readonly standing?: Standing;
    readonly without?: string;
    readonly disk?: Files;
  } = {},
) {
  const commits = { h: {}, ...files };
  const [head, ...others] = (['h', 'b', 'd'] as const).flatMap((name) =>
    commits[name] ? [aCommit(name, commits[name])] : [],
  ) as [CommitTree, ...CommitTree[]];
  const known = others.filter(({ id }) => id !== options.without);
  let tracked: readonly string[] | undefined;
  const found = await readRules(
    {
      commits: someCommits(aCheckout(head, options.disk ?? commits.h), known),
      defaultBranch: async () => (commits.d ? { name: 'main', sha: shaOf('d') } : null),
      standing: async (names) => {
        tracked = names;
        return options.standing ?? { kind: 'change', base: shaOf('b'), how: 'merge_parent', into: 'main' };
      },
    },
    options.file ?? 'mlops.yml',
    false,
  );
  return { ...found, tracked };
}

describe('readRules', () => {
  const own = { 'mlops.yml': project(0.5) };

  it("takes the rules of the base commit, not the change's and not those that main has meanwhile", async () => {
    const found = await rules({ h: own, b: { 'mlops.yml': project(0.01) }, d: { 'mlops.yml': project(0.2) } });
    expect(dropOf(found)).toBe(0.01);
    expect(found).toMatchObject({ path: 'mlops.yml', tree: { id: shaOf('b') } });
  });

  it('reads the branches that set rules from the head of the default branch alone', async () => {
    const branches = (name: string) => project(0.1, `tracking: { branches: [${name}] }\n`);
    const files = { h: { 'mlops.yml': branches('mine') }, b: { 'mlops.yml': branches('old') } };
    expect(await rules({ ...files, d: { 'mlops.yml': branches('main, "release/*"') } })).toMatchObject({
      tracked: ['main', 'release/*'],
    });
    expect(await rules({ ...files, d: { 'mlops.yml': project(0.1) } })).toMatchObject({ tracked: ['main'] });
    expect(await rules({ ...files, d: {} })).toMatchObject({ tracked: ['main'] });
    expect(await rules({ ...files, d: { 'mlops.yml': branches('develop') } })).toMatchObject({
      tracked: ['develop', 'main'],
    });
  });

  it("takes main's rules where the base commit has no project file", async () => {
    const found = await rules({ h: own, b: { 'README.md': '' }, d: { 'mlops.yml': project(0.2) } });
    expect(dropOf(found)).toBe(0.2);
    expect(found.path).toBe(null);
  });

  it('lets its own rules hold only where neither has one', async () => {
    expect((await rules({ h: own, b: { 'README.md': '' }, d: { 'README.md': '' } })).base).toBe(null);
  });

  it('follows a project file that the change moved', async () => {
    const found = await rules(
      { h: { 'new/mlops.yml': project(0.5) }, b: { 'old/mlops.yml': project(0.01) }, d: {} },
      { file: 'new/mlops.yml' },
    );
    expect(dropOf(found)).toBe(0.01);
    expect(found.path).toBe('old/mlops.yml');
    const renamed = {
      h: { 'a.yml': project(0.5) },
      b: { 'mlops.yml': project(0.01) },
      d: { 'mlops.yml': project(0.2) },
    };
    expect(dropOf(await rules(renamed, { file: 'a.yml' }))).toBe(0.01);
  });

  it('follows one that was moved and not committed yet', async () => {
    const base = { 'mlops.yml': project(0.01) };
    const found = await rules(
      { h: base, b: base, d: base },
      { file: 'rules.yml', disk: { 'rules.yml': project(0.5) } },
    );
    expect(dropOf(found)).toBe(0.01);
  });

  it('takes a second project of the repository for a new one', async () => {
    const base = { 'a/mlops.yml': project(0.01) };
    const found = await rules(
      { h: { ...base, 'b/mlops.yml': project(0.5) }, b: base, d: base },
      { file: 'b/mlops.yml' },
    );
    expect(found.base).toBe(null);
  });

  it('lets a branch that sets rules judge its own commits by its own', async () => {
    const found = await rules(
      { h: own, b: {}, d: { 'mlops.yml': project(0.2) } },
      { standing: { kind: 'tracked_branch', branch: 'main' } },
    );
    expect(found).toMatchObject({ base: null, tree: null });
  });

  it("takes main's rules where the base commit cannot be told", async () => {
    const found = await rules(
      { h: own, d: { 'mlops.yml': project(0.2) } },
      { standing: { kind: 'without_base', reason: 'shallow' } },
    );
    expect(dropOf(found)).toBe(0.2);
  });

  it.each<[string, Parameters<typeof rules>, RegExp]>([
    [
      'a base whose file is wrong',
      [{ h: own, b: { 'mlops.yml': 'datasets: 1' }, d: { 'mlops.yml': project(0.2) } }],
      /mlops\.yml of the base commit, bbbbbbb: sets the rules for this change, and it is wrong\n {2}next: merge the correction into the target branch without/,
    ],
    [
      'a main whose file is wrong',
      [{ h: own, b: { 'mlops.yml': project(0.2) }, d: { 'mlops.yml': '{' } }],
      /mlops\.yml of the head of main, ddddddd: sets the rules.*\n {2}next: merge the correction into main without this check/,
    ],
    [
      'several project files that are gone',
      [
        { h: { 'c/mlops.yml': project(0.5) }, b: { 'a/mlops.yml': project(0.1), 'b/mlops.yml': project(0.1) }, d: {} },
        { file: 'c/mlops.yml' },
      ],
      /removes more than one project file/,
    ],
    [
      'a base commit that nobody has',
      [{ h: own, b: {}, d: {} }, { without: shaOf('b') }],
      /commit bbbbbbb, which sets the rules, cannot be read/,
    ],
  ])('judges nothing with %s', async (_title, given, message) => {
    await expect(rules(...given)).rejects.toThrow(AppError);
    await expect(rules(...given)).rejects.toThrow(message);
  });
});
