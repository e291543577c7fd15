import { generatedTable } from '../../core/commands/generate/generate-tables.ts';
import { evaluationSetOf, loadDataset, NOTHING_INHERITED } from '../../core/commands/pipeline/load-dataset.ts';
import { foldsInTurn } from '../../core/commands/pipeline/timing/folds-in-turn.ts';
import { timedFold } from '../../core/commands/pipeline/timing/timed-fold.ts';
import { someWorld } from '../../core/commands/ports.fixture.ts';
import { parseProject } from '../../core/config/parse.ts';
import { trainable } from '../../core/config/planned-models.ts';
import { FOLDS, ROWS } from './times-plan.ts';

/**
 * One process of a measurement. With a number of trees: a forest of as many is timed on every fold. With two: both are timed in turn, the
 * second as the change. Prints the folds.
 */
const trees = process.argv.slice(2).map(Number);
const table = generatedTable('homes', { id: 'california_housing', rows: ROWS, seed: 7, current: null, drift: [] });
const world = await someWorld({ files: { 'homes.csv': table }, sha: '1' });
const ports = {
  ...world,
  seconds: () => performance.now() / 1000,
  cpuSeconds: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  },
};
const [one, other] = await Promise.all(trees.map(forestOf));
const folds = other ? await foldsInTurn({ ofBase: one!, ofChange: other }, FOLDS) : await alone(one!);
process.stdout.write(JSON.stringify(folds));

async function forestOf(n: number): Promise<ReturnType<typeof timedFold>> {
  const text = `datasets: { homes: { path: homes.csv, target: MedHouseVal, models: { random_forest: { n_estimators: ${n} } } } }`;
  const project = parseProject(text, 'mlops.yml');
  const dataset = await loadDataset(project.datasets[0]!, { project, base: null, chosen: [] }, ports);
  const [model] = trainable(dataset.models);
  return timedFold(dataset, model!, evaluationSetOf(dataset, dataset.columns.keyColumns, NOTHING_INHERITED), ports);
}

async function alone(timed: ReturnType<typeof timedFold>) {
  const found = [];
  for (let fold = 0; fold < FOLDS; fold++) found.push(await timed(fold));
  return found;
}
