import { type ConfigKey, camelCase, readKey } from './config-key.ts';
import { datasetKeys } from './dataset-keys.ts';
import type { Project } from './project.ts';
import { projectKeys } from './project-keys.ts';

/** A rule of judgement that a change edits. */
interface JudgeChange {
  readonly key: string;
  readonly before: string;
  readonly after: string;
}

/** The configuration that a change is trained and judged by. */
export interface JudgedProject {
  readonly project: Project;
  /** Datasets that the base expects and the change no longer has. */
  readonly removed: readonly string[];
  readonly changes: readonly JudgeChange[];
}

type Key = ConfigKey<string, unknown, unknown, never>;

/**
 * Lays the base's judge keys over the configuration of the change. A dataset that the change adds is judged by its own rules.
 * `plannedModels` says which models are expected.
 */
export function judgeByBase(head: Project, base: Project | null): JudgedProject {
  if (!base) return { project: head, removed: [], changes: [] };
  const before = new Map(base.datasets.map((dataset) => [dataset.id, dataset]));
  const datasets = head.datasets.map((own) => {
    const rule = before.get(own.id);
    return rule ? underRule(datasetKeys, own, rule) : own;
  });
  const kept = new Set(head.datasets.map(({ id }) => id));
  return {
    project: { ...underRule(projectKeys, head, base), datasets },
    removed: base.datasets.map(({ id }) => id).filter((id) => !kept.has(id)),
    // A new dataset has its own rules from the start, and of one that is gone `removed` says enough.
    changes: differences(rulesOf(base, kept), rulesOf(head, new Set(before.keys()))),
  };
}

function underRule<Config extends object>(keys: readonly Key[], own: Config, base: Config): Config {
  const ruled = keys
    .filter(({ isJudgeKey }) => isJudgeKey)
    .map((each) => {
      const [change, rule] = [readKey(own, each.key), readKey(base, each.key)];
      return [camelCase(each.key), each.decidedByBase ? each.decidedByBase(change, rule) : rule];
    });
  return { ...own, ...Object.fromEntries(ruled) };
}

type Rules = ReadonlyMap<string, unknown>;

function rulesOf(project: Project, shared: ReadonlySet<string>): Rules {
  const datasets = project.datasets.filter(({ id }) => shared.has(id));
  return new Map([
    ...sectionRules(projectKeys, project, ''),
    ...datasets.flatMap((dataset) => sectionRules(datasetKeys, dataset, `datasets.${dataset.id}.`)),
  ]);
}

function sectionRules(keys: readonly Key[], config: object, prefix: string): [string, unknown][] {
  return keys
    .filter(({ isJudgeKey }) => isJudgeKey)
    .flatMap((each) => {
      const value = readKey(config, each.key);
      const rules = each.rules ? each.rules(value) : { '': value };
      return Object.entries(rules).map(([rest, rule]): [string, unknown] => [
        `${prefix}${each.key}${rest && `.${rest}`}`,
        rule,
      ]);
    });
}

function differences(before: Rules, after: Rules): JudgeChange[] {
  const show = (rule: unknown) =>
    rule === undefined ? 'none' : rule === null ? 'default' : typeof rule === 'string' ? rule : JSON.stringify(rule);
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((key) => JSON.stringify(before.get(key)) !== JSON.stringify(after.get(key)))
    .map((key) => ({ key, before: show(before.get(key)), after: show(after.get(key)) }));
}
