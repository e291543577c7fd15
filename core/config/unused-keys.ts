import type { Origin } from './origins.ts';
import { projectKeys } from './project-keys.ts';

/** A warning for each section that is set and that no command of this version uses. */
export function unusedWarnings(
  origin: Origin,
  keys: readonly { readonly key: string; readonly awaits?: string }[] = projectKeys,
): string[] {
  return keys.flatMap(({ key, awaits }) => {
    const place = awaits && origin([key]);
    return place ? [`${place}: \`${key}\` is not used yet: this version has no \`${awaits}\``] : [];
  });
}
