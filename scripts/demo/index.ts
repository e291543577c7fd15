import { generators } from '../../core/datasets/index.ts';
import { injectDrift } from '../../core/datasets/injectors/index.ts';
import { writeCsv } from '../../core/table/csv-writer.ts';
import { createScreen } from './screen.ts';
import { tellDemo } from './story.ts';
import { createDemoWorld } from './world.ts';

/**
 * Plays what a team lives through on an offline GitHub (`test/rig`): real git, the Action as a process of its own, the App over
 * HTTP with signed deliveries. Prints what people would see. Exits with 1 if an expectation fails. `npm run demo`.
 */
const ROWS = 2000;
const SEED = 42;

const begun = performance.now();
const churn = generators.get('customer_churn');
const table = writeCsv(churn.generate({ rows: ROWS, seed: SEED }));
const newest = writeCsv(injectDrift(churn.generate({ rows: ROWS, seed: SEED + 1 }), churn.drift, SEED + 1));

const { stdout } = process;
const screen = createScreen((text) => stdout.write(text), stdout.isTTY === true && !process.env.NO_COLOR);
const world = await createDemoWorld(newest);
try {
  await tellDemo(world, screen, table);
} finally {
  await world.close();
}
const seconds = ((performance.now() - begun) / 1000).toFixed(0);
const { failures, held } = screen;
stdout.write(
  failures.length === 0
    ? `\nAll ${held} expectations hold (${seconds} s).\n`
    : `\n${failures.length} of ${held + failures.length} expectations do not hold (${seconds} s):\n${failures.map((what) => `- ${what}\n`).join('')}`,
);
process.exitCode = failures.length === 0 ? 0 : 1;
