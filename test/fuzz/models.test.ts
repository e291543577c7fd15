import { describe, expect, it } from 'vitest';
import { AppError, DataError } from '../../core/errors/app-error.ts';
import { cpuSeconds } from '../../core/models/cpu-seconds.fixture.ts';
import { formatModel, parseModel } from '../../core/models/model-file.ts';
import { smallModels, smallTable, trainSmallModel } from '../../core/models/small-models.fixture.ts';
import { createRandom } from '../../core/random/random.ts';
import { type Breaker, breakBytes, breakDocument, breakHeader, breakTable } from './break-model.ts';

/** Each broken file is refused by name, or read as a model that predicts, in no time. Counts those that were read. */
function readAll(count: number, breakFile: () => Uint8Array): number {
  let read = 0;
  for (let i = 0; i < count; i++) {
    const broken = breakFile();
    const cost = cpuSeconds(() => {
      try {
        const model = parseModel(broken, 'broken.model');
        read++;
        expect(model.predict(smallTable).predictedClass).toHaveLength(smallTable.nRows);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        // The table may lack a column that a broken model asks for.
        if (!(error instanceof DataError)) expect(error.message).toMatch(/^broken\.model: /);
      }
    });
    expect(cost).toBeLessThan(5);
  }
  return read;
}

describe('10,000 broken model files', () => {
  // Broken bytes and lengths are what the SHA-256 is there for; of sound files some must be read.
  const ways: { way: string; breaker: Breaker; leastRead: number }[] = [
    { way: 'bytes', breaker: breakBytes, leastRead: 0 },
    { way: 'lengths', breaker: breakTable, leastRead: 0 },
    { way: 'the text of the header', breaker: breakHeader, leastRead: 0.005 },
    { way: 'the document', breaker: breakDocument, leastRead: 0.02 },
  ];
  const cases = smallModels.flatMap((each) => ways.map((way) => ({ ...each, ...way })));

  it.each(cases)('$name, $way', async ({ name, plugin, task, way, breaker, leastRead }) => {
    const file = formatModel(await trainSmallModel({ plugin, task }));
    const random = createRandom(1, `${name} ${way}`);
    const count = Math.ceil(10_000 / cases.length);
    const read = readAll(count, () => breaker(file, random));
    expect(read).toBeGreaterThanOrEqual(Math.floor(leastRead * count));
  });
});
