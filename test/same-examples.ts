import fc from 'fast-check';

// Properties are tried on the same examples every time: whether a change lands must not be a matter of luck. Another seed
// tries others: FAST_CHECK_SEED=2 npm test.
fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 1) });
