import { createRegistry } from '../../core/registry/registry.ts';
import { calibrate } from './calibrate.ts';
import { compare } from './compare.ts';
import { config } from './config.ts';
import { explain } from './explain.ts';
import { init } from './init.ts';
import { predict } from './predict.ts';
import { runsDiff } from './runs-diff.ts';
import { runsExport } from './runs-export.ts';
import { runsList } from './runs-list.ts';
import { runsShow } from './runs-show.ts';

/** The tools there are. */
export const tools = createRegistry('tool', [
  init,
  config,
  calibrate,
  compare,
  runsList,
  runsShow,
  runsDiff,
  runsExport,
  predict,
  explain,
]);

/** What the groups of tools are about, by the first word of their ids. */
export const groups: Readonly<Record<string, string>> = {
  runs: 'the history of runs: list, show, diff and export them',
};
