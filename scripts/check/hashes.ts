import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Size } from '../../test/hashes/cases.ts';
import type { Hashes } from '../../test/hashes/compute-hashes.ts';
import { projectHashes } from '../../test/hashes/project.ts';
import { bundle } from '../build/bundle.ts';
import { installPackedCli } from '../build/packed-cli.ts';
import { arm64Node } from './arm64.ts';
import { hashDifferences, hashesNotComputed } from './hash-differences.ts';
import { oldestNode } from './oldest-node.ts';

/**
 * Proves that models, predictions and metrics are the same to the last bit however and wherever they are computed: every
 * way of running must give what test/hashes/models.json holds. `npm run test:hashes`.
 */
const ARM64_VERSION = '24.21.0';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const committed = JSON.parse(readFileSync(path('../../test/hashes/models.json'), 'utf8')) as Hashes;
const differences: string[] = [];
const computed: Hashes[] = [];

function check(way: string, compute: () => readonly Hashes[]): void {
  const started = performance.now();
  const results = compute();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  computed.push(...results);
  const differing = results.flatMap((hashes) => hashDifferences(committed, hashes));
  for (const difference of differing) differences.push(`${way}: ${difference}`);
  const count = results.reduce((sum, hashes) => sum + Object.keys(hashes).length, 0);
  const verdict = differing.length === 0 ? 'same' : `${differing.length} DIFFER`;
  process.stdout.write(`${way.padEnd(58)}${`${count} cases`.padStart(10)}${`${seconds} s`.padStart(9)}  ${verdict}\n`);
}

/** Runs the program that computes hashes: once per number of threads, all in one process. */
function compute(command: readonly string[], threads: readonly number[], sizes: readonly Size[]): Hashes[] {
  const [program = '', ...args] = [...command, threads.join(), sizes.join()];
  return JSON.parse(
    execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }),
  ) as Hashes[];
}

const all: readonly Size[] = ['small', 'large', 'split', 'generated'];
const most: readonly Size[] = ['small', 'large', 'split'];
/** Every model, and those that share their work out among threads: what emulation, ten times slower, has time for. */
const slow: readonly Size[] = ['small', 'split'];

const unbuilt = [process.execPath, path('../../test/hashes/index.ts')];
check(`unbuilt, Node ${process.version}, 1 thread`, () => compute(unbuilt, [1], all));
check('the same, 2 threads, twice in one process', () => compute(unbuilt, [2, 2], most));
check('the same, 4 threads', () => compute(unbuilt, [4], all));

const bundled = join(mkdtempSync(join(tmpdir(), 'hashes-')), 'bundle');
bundle('test/hashes', bundled);
const program = join(bundled, 'index.js');
const nodes = [process.execPath, oldestNode()];
const versionOf = (node: string) => execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
for (const node of nodes) {
  check(`bundled, Node ${versionOf(node)}, 2 threads`, () => compute([node, program], [2], most));
}

const installed = join(installPackedCli(), 'node_modules', '.bin', 'mlops');
check('mlops pipeline, unbuilt, 2 threads', () => [projectHashes([process.execPath, path('../../cli/index.ts')], 2)]);
for (const node of nodes) {
  check(`mlops pipeline, packed, Node ${versionOf(node)}, 2 threads`, () => [projectHashes([node, installed], 2)]);
}

const arm64 = arm64Node(ARM64_VERSION);
if (arm64) check(`bundled, arm64, Node v${ARM64_VERSION}, 2 threads`, () => compute([...arm64, program], [2], slow));

differences.push(...hashesNotComputed(committed, computed));
if (differences.length > 0) {
  process.stderr.write(`\n${differences.join('\n')}\n
Where every way differs in the same manner, the change is one of ours: look at it, then \`npm run hashes -- --write\`.
Where one way differs from the others, a computation depends on the machine: find it before anything else.\n`);
  process.exitCode = 1;
}
