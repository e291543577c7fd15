import { execFileSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Bench } from './suite.ts';

const MAX_BUFFER = 64 * 2 ** 20;

/** Ways to run the two sides, one process for each call: JSON in, JSON out. */
export function processes(python: string): Pick<Bench, 'python' | 'node'> {
  const run = (program: string, script: string, input: unknown, env: NodeJS.ProcessEnv) => {
    const path = fileURLToPath(new URL(script, import.meta.url));
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
      run(python, `./peers/${script}`, input, pythonEnvironment(threads)),
    node: (script, input) => run(process.execPath, `./${script}`, input, process.env),
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
