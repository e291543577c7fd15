import { plannedModels } from '../../config/planned-models.ts';
import type { Project } from '../../config/project.ts';
import { ConfigError } from '../../errors/app-error.ts';
import { suggest } from '../../registry/suggest.ts';

/** @throws ConfigError for datasets and models that the project does not have. */
export function checkNames(
  project: Project,
  chosen: { readonly dataset: readonly string[]; readonly model: readonly string[] },
  file: string,
): void {
  const { datasets } = project;
  const models = datasets.flatMap(({ id, task }) =>
    plannedModels({ project, base: null, chosen: [] }, id, task).map((model) => model.id),
  );
  const known = {
    dataset: ['dataset', chosen.dataset, datasets.map(({ id }) => id)],
    model: ['model', chosen.model, [...new Set(models)]],
  } as const;
  const problems = Object.values(known).flatMap(([kind, given, names]) =>
    given
      .filter((name) => !names.includes(name))
      .map((name) => {
        const near = suggest(name, names);
        return {
          message: `${file} has no ${kind} "${name}"`,
          allowed: names.join(', '),
          next: near ? `did you mean "${near}"?` : `name one that it has, or leave --${kind} out`,
        };
      }),
  );
  if (problems.length > 0) throw new ConfigError(problems);
}
