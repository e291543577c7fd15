import { expect, it } from 'vitest';

it('compiles a kernel when it is first used, not when models are imported', async () => {
  let compiled = 0;
  const counting = new Proxy(WebAssembly.Module, {
    construct(target, [bytes]) {
      compiled++;
      return new target(bytes);
    },
  });
  Object.assign(WebAssembly, { Module: counting });
  const { models } = await import('./index.ts');
  expect(compiled).toBe(0);

  const { inlineWorkers } = await import('./inline-workers.ts');
  const features = { nSamples: 2, columns: [{ kind: 'numeric', name: 'x', values: Float64Array.of(1, 2) }] } as const;
  const data = { features, target: Float64Array.of(3, 5), nClasses: 0 };
  const model = models.get('linear_regression');
  for (let fit = 0; fit < 2; fit++)
    await model.fit(data, model.params.parse({}), { seed: 1, workers: inlineWorkers, warn: () => {} });
  expect(compiled).toBe(1);
});
