import { createRegistry } from '../registry/registry.ts';
import { accept } from './accept.ts';
import { check } from './check.ts';
import { compare } from './compare.ts';
import { config } from './config.ts';
import { drift } from './drift.ts';
import { dvc } from './dvc.ts';
import { explain } from './explain.ts';
import { generate } from './generate.ts';
import { init } from './init.ts';
import { limits } from './limits.ts';
import { pipeline } from './pipeline.ts';
import { plan } from './plan.ts';
import { predict } from './predict.ts';
import { publish } from './publish.ts';
import { runsDiff } from './runs-diff.ts';
import { runsExport } from './runs-export.ts';
import { runsList } from './runs-list.ts';
import { runsShow } from './runs-show.ts';
import { train } from './train.ts';
import { tune } from './tune.ts';

/** The commands there are. An id of two words (`runs list`) is a command of a group. */
export const commands = createRegistry('command', [
  init,
  check,
  pipeline,
  generate,
  plan,
  train,
  publish,
  compare,
  config,
  limits,
  tune,
  dvc,
  accept,
  predict,
  explain,
  drift,
  runsList,
  runsShow,
  runsDiff,
  runsExport,
]);

/** What the groups of commands are about, by the first word of their ids. */
export const commandGroups: Readonly<Record<string, string>> = {
  runs: 'list, show, compare and export recorded runs',
};

/** Commands that were renamed: the old name, then today's. */
export const renamedCommands: ReadonlyMap<string, string> = new Map([['calibrate', 'limits']]);
