import fc from 'fast-check';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { describe, expect, it } from 'vitest';
import { datasetDriftSchema } from '../drift/drift-result.ts';
import { formatDrift, renderDriftJsonSchema } from './drift-file.ts';
import { renderDriftMarkdown } from './drift-markdown.ts';
import { aColumn, aDatasetDrift, aDriftOfEverything } from './drift-report.fixture.ts';
import { driftHeadline } from './drift-sentences.ts';
import { renderDriftTerminal } from './drift-terminal.ts';
import { hostileName } from './hostile.fixture.ts';
import { aDrift } from './report.fixture.ts';
import { toTerminal } from './to-terminal.ts';

const calm = aDatasetDrift({
  dataset: null,
  drift: aDriftOfEverything({ drifted: false, moved: [], share: 0, columns: [aColumn({ status: 'stable' })] }),
  gate: null,
});

describe('what drifted', () => {
  it('is told in sentences first, then in a table', async () => {
    await expect(renderDriftMarkdown([aDatasetDrift(), calm])).toMatchFileSnapshot('golden/drift.md');
  });
  it('is told to a terminal', async () => {
    await expect(renderDriftTerminal([aDatasetDrift(), calm])).toMatchFileSnapshot('golden/drift.txt');
  });
  it.each([
    [aDatasetDrift(), '❌ churn: drift: 7 of 8 columns drifted (88 %), more than 30 %'],
    [
      aDatasetDrift({ gate: null }),
      '📋 churn: drift: 7 of 8 columns drifted (88 %), more than 30 %; it fails nothing, since no max_share is set',
    ],
    [calm, '📋 data/june.csv: no drift in 8 columns'],
    [
      aDatasetDrift({ drift: aDriftOfEverything({ drifted: false, share: 0.125, moved: ['V4'] }), gate: aDrift() }),
      '✅ churn: 1 of 8 columns drifted (13 %), within 30 %',
    ],
    [
      aDatasetDrift({ drift: null, current: null, gate: null }),
      '📋 churn: there is no second table, so drift is not known',
    ],
    [
      aDatasetDrift({
        drift: aDriftOfEverything({ drifted: null, share: null, rows: { reference: 900, current: 12 } }),
        gate: aDrift({ outcome: 'inconclusive', reason: 'too_few_rows' }),
      }),
      '❔ churn: drift is not known, since the current table has 12 rows, fewer than 30',
    ],
    [
      aDatasetDrift({ drift: aDriftOfEverything({ drifted: null, share: null }), gate: null }),
      '📋 churn: drift is not known, since no column can be judged',
    ],
  ])('has a headline: %#', (each, headline) => expect(toTerminal(driftHeadline(each))).toBe(headline));
});

describe('drift.json', () => {
  it('has the keys of its schema, which docs/drift.schema.json has too', async () => {
    const file = JSON.parse(formatDrift([aDatasetDrift()]));
    const [{ dataset, drift }] = file.datasets;
    expect([file.schema, dataset, drift.max_share]).toEqual([1, 'churn', 0.3]);
    expect(drift.columns[0].values.adjusted_p_value).toBe(0.0002);
    await expect(renderDriftJsonSchema()).toMatchFileSnapshot('../../docs/drift.schema.json');
  });
  it('holds what the fixture says', () => expect(datasetDriftSchema.parse(aDatasetDrift())).toEqual(aDatasetDrift()));
});

it('names that were chosen to do harm stand as text on one line', () => {
  fc.assert(
    fc.property(hostileName, hostileName, (name, value) => {
      const column = aColumn({
        column: name,
        numbers: null,
        category: { category: value, reference: 0, current: 1 },
      });
      const quality = { ...aDriftOfEverything().quality, onlyInCurrent: [name, value] };
      const each = aDatasetDrift({
        reference: name,
        current: value,
        drift: aDriftOfEverything({ columns: [column], moved: [name], quality }),
      });
      const html = micromark(renderDriftMarkdown([each]), {
        allowDangerousHtml: true,
        extensions: [gfm()],
        htmlExtensions: [gfmHtml()],
      });
      const tags = [...html.matchAll(/<([a-z0-9]+)/gi)].map(([, tag]) => tag);
      expect([...new Set(tags)].sort()).toEqual(
        'code details h3 li p strong summary table tbody td th thead tr ul'.split(' '),
      );
      expect(html.match(/<tr/g)).toHaveLength(2);
      const lines = renderDriftTerminal([each]).split('\n');
      expect(lines.filter((line) => /\p{Cc}|\p{Cf}/u.test(line))).toEqual([]);
    }),
  );
});
