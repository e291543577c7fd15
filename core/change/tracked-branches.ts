/**
 * Whether a branch is among those that set rules and record runs.
 *
 * @param tracked names, or patterns in which `*` stands for any text without a slash.
 */
export function isTracked(branch: string, tracked: readonly string[]): boolean {
  return tracked.some((pattern) => matcherOf(pattern).test(branch));
}

/** Whether one of them is the branch's own name, and no pattern. */
export function isNamed(branch: string, tracked: readonly string[]): boolean {
  return tracked.includes(branch);
}

function matcherOf(pattern: string): RegExp {
  const parts = pattern.split('*').map((text) => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&'));
  return new RegExp(`^${parts.join('[^/]*')}$`, 'u');
}
