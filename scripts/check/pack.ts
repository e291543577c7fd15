import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { installPackedCli } from '../build/packed-cli.ts';
import { oldestNode } from './oldest-node.ts';
import { useCommands } from './use-commands.ts';
import { useLibrary } from './use-library.ts';

/**
 * Packs the package, installs it without network into an empty folder, and uses every command there: on the Node of the
 * scripts and on the oldest that is supported. Then the library. `npm run test:pack`.
 */
const user = installPackedCli();
execFileSync('npx', ['--offline', 'mlops', '--version'], { cwd: user, stdio: 'inherit' });
const mlops = join(user, 'node_modules', '.bin', 'mlops');
const [models, same] = [process.execPath, oldestNode()].map((node) => {
  const hashes = useCommands(node, mlops);
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
  const list = Object.entries(hashes).map(([name, hash]) => `${name} ${hash.slice(0, 12)}`);
  process.stdout.write(`${version}: every command works; ${list.join(', ')}\n`);
  return JSON.stringify(hashes);
});
if (models !== same) throw new Error('the models differ between versions of Node');

useLibrary(user);
process.stdout.write('mlops-action/core compiles and runs in a plain TypeScript project\n');
