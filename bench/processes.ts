import { execFileSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Bench } from './suite.ts';

const MAX_BUFFER = 64 * 2 ** 20;

/** Ways to run the two sides, one process for each call: JSON in, JSON out. `compiled`: a folder of `compileInto`. */
export function processes(python: string, compiled: string): Pick<Bench, 'python' | 'node' | 'cli'> {
  const run = (program: string, path: string, input: unknown, env: NodeJS.ProcessEnv) => {
    const output = execFileSync(program, [path], {
      input: JSON.stringify(input),
      encoding: 'utf8',
      maxBuffer: MAX_BUFFER,
      env,
    });
    return JSON.parse(output) as unknown;
  };
  return {
    python: (script, input, threads = availableParallelism()) =>
      run(python, fileURLToPath(new URL(`./peers/${script}`, import.meta.url)), input, pythonEnvironment(threads)),
    node: (script, input) => run(process.execPath, join(compiled, 'bench', `${script}.js`), input, process.env),
    cli: join(compiled, 'cli/index.js'),
  };
}

/** OpenMP and BLAS on so many threads, with the BLAS kernels that suit the processor whatever the machine's owner has set. */
function pythonEnvironment(threads: number): NodeJS.ProcessEnv {
  const { OPENBLAS_CORETYPE: _coreType, OPENBLAS_L2_SIZE: _cache, ...others } = process.env;
  return {
    ...others,
    OMP_NUM_THREADS: String(threads),
    OPENBLAS_NUM_THREADS: String(threads),
    MKL_NUM_THREADS: String(threads),
  };
}
