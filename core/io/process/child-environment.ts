/** Names of likely secrets, which a training command does not need. */
const SECRET = /TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL|KEY/i;
/** Variables of the runner: inputs of this step, its services, and files through which a step changes later steps. */
const RUNNER = /^(ACTIONS|INPUT)_|^GITHUB_(ENV|OUTPUT|PATH|STATE|STEP_SUMMARY)$/i;

/**
 * The environment that the user's commands inherit: everything except secrets (recognised by name) and the runner's own
 * channels. This prevents accidents, such as a token printed into a log. It is not a security boundary: a command runs as the
 * same user and can read whatever this user can.
 */
export function childEnvironment(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) =>
      value === undefined || SECRET.test(name) || RUNNER.test(name) ? [] : [[name, value]],
    ),
  );
}
