import type { Reporter, TestModule } from 'vitest/node';

/** Ends a run of tests with how many attacks on the verdict were tried. */
export const countAttacks: Reporter = {
  onTestRunEnd(modules: readonly TestModule[]) {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const attacks = tests.filter((test) => (test.meta() as { readonly attack?: boolean }).attack === true);
    const tried = attacks.filter((test) => test.result().state !== 'skipped');
    if (tried.length === 0) return;
    const green = tried.filter((test) => test.result().state !== 'passed').length;
    const outcome = green === 0 ? 'none turned a failing change green' : `${green} not as they should be`;
    process.stdout.write(`${tried.length} attacks tried, ${outcome}\n`);
  },
};
