/** Names of what a training command has no use for and a leak would hurt. */
const SECRET = /TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL|KEY/i;
/** The runner's: inputs of this step, its services, and files through which a step changes the steps after it. */
const RUNNER = /^(ACTIONS|INPUT)_|^GITHUB_(ENV|OUTPUT|PATH|STATE|STEP_SUMMARY)$/i;

/**
 * The environment that commands of the user's inherit: everything but secrets, by their names, and the runner's own
 * channels. This keeps accidents away (a token printed into a log). It is no boundary: a command runs as this user does, and
 * can read what this user can.
 */
export function childEnvironment(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) =>
      value === undefined || SECRET.test(name) || RUNNER.test(name) ? [] : [[name, value]],
    ),
  );
}
