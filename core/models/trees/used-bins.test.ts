import { expect, it } from 'vitest';
import { createRandom } from '../../random/random.ts';
import { mixedBinnings, mixedRows, randomEnsemble, walk } from './random-ensemble.fixture.ts';
import { usedBins } from './used-bins.ts';

it('leaves only edges that a split asks for, and no row goes another way', () => {
  const random = createRandom(3, 'used bins');
  const ensemble = randomEnsemble(random, { nTrees: 4, nFeatures: 8, nOutputs: 1, width: 1, deepest: 4 });
  const binnings = mixedBinnings(8);
  const used = usedBins(ensemble, binnings);
  for (const [f, binning] of used.binnings.entries()) {
    if (binning.kind !== 'numeric') continue;
    const asked = new Set(ensemble.bin.filter((bin, node) => ensemble.feature[node] === f && bin < 20));
    expect([...binning.edges]).toEqual([...asked].map((bin) => bin - 10).sort((a, b) => a - b));
  }
  const rows = mixedRows(random, 2000, 8);
  expect(walk(used.ensemble, used.binnings, rows)).toEqual(walk(ensemble, binnings, rows));
});
