import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';

/** Counts what is compiled after the import, the first fit and the second. Other tests load the same modules, so it has a process of its own. */
const PROGRAM = `
  await import('../version.ts'); // Node strips types by WebAssembly of its own
  let compiled = 0;
  WebAssembly.Module = new Proxy(WebAssembly.Module, {
    construct(target, [bytes]) {
      compiled++;
      return new target(bytes);
    },
  });
  const { models } = await import('./index.ts');
  const { inlineWorkers } = await import('./inline-workers.ts');
  const counts = [compiled];
  const features = { nSamples: 2, columns: [{ kind: 'numeric', name: 'x', values: Float64Array.of(1, 2) }] };
  const data = { features, target: Float64Array.of(3, 5), nClasses: 0 };
  const model = models.get('linear_regression');
  for (let fit = 0; fit < 2; fit++) {
    await model.fit(data, model.params.parse({}), { seed: 1, workers: inlineWorkers, warn: () => {} });
    counts.push(compiled);
  }
  console.log(JSON.stringify(counts));
`;

it('compiles a kernel when it is first used, not when models are imported', () => {
  const printed = execFileSync(process.execPath, ['--input-type=module', '--eval', PROGRAM], {
    cwd: import.meta.dirname,
    encoding: 'utf8',
  });
  expect(JSON.parse(printed)).toEqual([0, 1, 1]);
});
