import { UnknownPluginError } from '../errors/app-error.ts';
import { suggest } from './suggest.ts';

/** What every plugin has: the name that users write, and a one-line description. */
export interface Plugin {
  readonly id: string;
  readonly summary: string;
}

/** All plugins of one kind, in the order listed. `ids` is a tuple so that `z.enum(registry.ids)` is a literal union. */
export interface Registry<P extends Plugin, Id extends string = string> {
  readonly kind: string;
  readonly ids: readonly [Id, ...Id[]];
  readonly all: readonly P[];
  has(id: string): id is Id;
  /** Throws `UnknownPluginError`, with the known names and a suggestion, for an unknown `id`. */
  get(id: string): P;
}

/**
 * Registers plugins under their ids. Backed by a Map, so that inherited names (`constructor`) do not resolve.
 *
 * @throws Error when two plugins share an id (an internal error, not the user's).
 */
export function createRegistry<P extends Plugin, const Plugins extends readonly [P, ...P[]]>(
  kind: string,
  plugins: Plugins,
): Registry<Plugins[number], Plugins[number]['id']> {
  type Id = Plugins[number]['id'];
  const byId = new Map<string, Plugins[number]>();
  for (const plugin of plugins) {
    if (byId.has(plugin.id)) throw new Error(`two ${kind} plugins have the id "${plugin.id}"`);
    byId.set(plugin.id, plugin);
  }
  const ids = [...byId.keys()] as [Id, ...Id[]];
  return {
    kind,
    ids,
    all: plugins,
    has: (id): id is Id => byId.has(id),
    get(id) {
      const plugin = byId.get(id);
      if (plugin) return plugin;
      const near = suggest(id, ids);
      throw new UnknownPluginError({
        message: `unknown ${kind} "${id}"`,
        allowed: ids.join(', '),
        next: near ? `did you mean "${near}"?` : `choose one of the ${kind}s listed`,
      });
    },
  };
}
