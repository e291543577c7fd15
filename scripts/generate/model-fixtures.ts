import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { formatModel, MODEL_SCHEMA } from '../../core/models/model-file.ts';
import { MODEL_FIXTURES, smallModels, smallTable, trainSmallModel } from '../../core/models/small-models.fixture.ts';

// Keeps a file of every model in the current schema, with its predictions, for all versions to come. What is there stays.

const folder = new URL(`schema-${MODEL_SCHEMA}/`, MODEL_FIXTURES);
mkdirSync(folder, { recursive: true });
for (const { name, ...how } of smallModels) {
  const file = new URL(`${name}.model`, folder);
  if (existsSync(file)) continue;
  const model = await trainSmallModel(how);
  const { outputs } = model.predict(smallTable);
  writeFileSync(file, formatModel(model));
  writeFileSync(new URL(`${name}.outputs.json`, folder), `${JSON.stringify([...outputs])}\n`);
  process.stderr.write(`kept schema-${MODEL_SCHEMA}/${name}.model\n`);
}
