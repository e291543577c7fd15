import { spaceRules, tuningOf } from '../tuning/tuning.ts';
import type { CamelCase, ConfigKey } from './config-key.ts';
import { driftKey } from './drift-key.ts';
import { type ModelConfig, projectModels, type WrittenModels } from './resolve-models.ts';
import type { ProjectFile } from './schema.ts';

type SectionFile = Omit<ProjectFile, 'datasets'>;

interface ProjectKey<Key extends string, Written, Value>
  extends ConfigKey<Key, Written, Value, { readonly models: WrittenModels | undefined }> {
  /** The command that will use it; until there is one, setting it is warned about. */
  readonly awaits?: string;
}

/** One key. `normalise` must come first: the other types follow from what it returns. */
function projectKey<const Key extends keyof SectionFile, Value>(
  key: Key,
  rest: Omit<ProjectKey<Key, SectionFile[Key], Value>, 'key'>,
): ProjectKey<Key, SectionFile[Key], Value> {
  return { key, ...rest };
}

/** `maxAge` is in days. */
function writtenBaseline({
  maxAge,
  ...rest
}: {
  readonly champion: string | null;
  readonly remake: string;
  readonly maxAge: number | null;
}) {
  return { ...rest, max_age: maxAge === null ? null : `${maxAge} days` };
}

const table = [
  projectKey('version', { normalise: (version) => version, isJudgeKey: false }),
  projectKey('models', {
    normalise: (_, { models }): readonly ModelConfig[] => projectModels(models),
    isJudgeKey: false,
    written: (models) => Object.fromEntries(models.map(({ id, params }) => [id, params])),
  }),
  projectKey('tuning', {
    normalise: tuningOf,
    isJudgeKey: true,
    // What is searched may be written into `mlops.yml`. How long a change searches, it says for itself.
    rules: ({ spaces }) => spaceRules(spaces),
    decidedByBase: (own, { spaces }) => ({ ...own, spaces }),
    whenNull: { timeout: 'none' },
  }),
  projectKey('drift', driftKey),
  projectKey('tracking', {
    normalise: ({ branch, branches, evidence }) => ({
      branch,
      branches: branches ? [...branches] : null,
      evidence: evidence ?? null,
    }),
    isJudgeKey: true,
    // Baselines come from the base's branch. A change says for itself where its own evidence goes.
    rules: ({ branch, branches }) => ({ branch, branches }),
    decidedByBase: (own, { branch, branches }) => ({ ...own, branch, branches }),
    whenNull: {
      branches: 'the default branch',
      evidence: '`branch` in private repositories, else `artifact`',
    },
  }),
  projectKey('baseline', {
    normalise: ({ champion, remake, max_age }) => ({
      champion: champion ?? null,
      remake,
      maxAge: max_age === undefined ? null : Number.parseInt(max_age, 10),
    }),
    isJudgeKey: true,
    rules: writtenBaseline,
    written: writtenBaseline,
    whenNull: { champion: 'none', max_age: 'none' },
  }),
  projectKey('on_inconclusive', { normalise: (policy) => policy, isJudgeKey: true }),
  projectKey('on_not_comparable', { normalise: (policy) => policy, isJudgeKey: true }),
  projectKey('accept', { normalise: (role) => role, isJudgeKey: true }),
  projectKey('on_data_change', { normalise: (policy) => policy, isJudgeKey: true }),
] as const;

type Entry = (typeof table)[number];

/** The keys of a project beside `datasets`, as `mlops config` prints them. */
export const projectKeys: readonly ProjectKey<string, unknown, unknown>[] = table;

/** What `mlops.yml` says beside `datasets`. */
export type ProjectSettings = {
  readonly [E in Entry as CamelCase<E['key']>]: ReturnType<E['normalise']>;
};
