/** One step of CI. `.github/workflows/ci.yml` runs each as a job of its own, `.ci/run` all of them on one machine. */
export interface Step {
  readonly run: string;
  /** Seconds of processor time on two idle cores, roughly: the longest start first. */
  readonly cpuSeconds: number;
  /** It writes `build/`, and `bin/` or `dist/`: only one such step runs at a time. */
  readonly builds?: boolean;
}

/** The two commands of the README. They run first, one after the other, as a visitor would run them. */
export const README_STEPS: readonly Step[] = [
  { run: 'npm run pipeline', cpuSeconds: 35 },
  { run: 'npm test', cpuSeconds: 250 },
];

/** The other steps. They may run in any order and beside each other. */
export const STEPS: readonly Step[] = [
  { run: 'npm run check', cpuSeconds: 30 },
  { run: 'npm run test:git', cpuSeconds: 150 },
  { run: 'npm run test:doors', cpuSeconds: 600 },
  { run: 'npm run test:trust', cpuSeconds: 900 },
  { run: 'npm run test:fuzz', cpuSeconds: 40 },
  { run: 'npm run test:dist', cpuSeconds: 30, builds: true },
  { run: 'npm run test:pack', cpuSeconds: 75, builds: true },
  { run: 'npm run test:hashes', cpuSeconds: 190, builds: true },
  { run: 'npm run test:tables', cpuSeconds: 20 },
  { run: 'npm run test:drift', cpuSeconds: 20 },
  { run: 'npm run test:custom', cpuSeconds: 75 },
  { run: 'npm run test:stores', cpuSeconds: 60 },
  { run: 'npm run test:tuning', cpuSeconds: 8 },
  { run: 'npm run test:dvc', cpuSeconds: 170 },
  { run: 'npm run test:reader', cpuSeconds: 20 },
  { run: 'npm run test:browser', cpuSeconds: 40 },
  { run: 'npm run test:workflows', cpuSeconds: 2 },
  { run: 'npm run demo', cpuSeconds: 35 },
  { run: 'npm run test:mutation', cpuSeconds: 2000 },
  { run: 'npm run simulate -- --replay', cpuSeconds: 60 },
  { run: 'npm run test:e2e', cpuSeconds: 25 },
];
