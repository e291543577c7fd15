import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pythonWith } from '../python.ts';

/**
 * Runs zizmor, the security linter for GitHub workflows, over `.github/`. `npm run test:workflows`. Without network: the audits
 * that ask GitHub's API are left out, so that the result does not depend on a token.
 */
const zizmor = join(dirname(pythonWith(['zizmor==1.32.0'])), 'zizmor');
const folder = fileURLToPath(new URL('../../.github', import.meta.url));
const { status } = spawnSync(zizmor, ['--offline', '--persona', 'pedantic', folder], { stdio: 'inherit' });
process.exitCode = status ?? 1;
