import { outcomeName } from '../../comparison/outcome.ts';
import { missingBaselines } from '../baseline-sentences.ts';
import { changesIn } from '../changes.ts';
import { prose, sentence, text } from '../fragments.ts';
import { gateRow, worstFirst } from '../gate-row.ts';
import { markOf } from '../marks.ts';
import type { Report } from '../report-schema.ts';
import type { Html } from '../to-html.ts';
import { openSentences } from '../verdict-sentences.ts';
import { html, list, NOTHING, table } from './html-blocks.ts';

/** What stands between the headline and the numbers: what does not pass, why nothing can be compared, warnings. */
export function openPoints(report: Report): Html {
  const warnings = report.warnings.map((warning) => sentence`⚠️ ${prose(warning)}`);
  return list([...openSentences(report), ...missingBaselines(report), ...warnings]);
}

/** Every gate, worst first. */
export function gatesSection({ verdict }: Report): Html {
  if (!verdict || verdict.gates.length === 0) return NOTHING;
  const columns = [
    { heading: [text('Outcome')] },
    { heading: [text('Gate')] },
    { heading: [text('Model')] },
    ...['Baseline', 'This change', 'Δ', 'Allowed', 'p-value', '± SE'].map((heading) => ({
      heading: [text(heading)],
      isNumeric: true,
    })),
  ];
  const rows = worstFirst(verdict.gates).map((gate) => {
    const { name, model, baseline, value, delta, allowed, pValue, standardError } = gateRow(gate);
    const outcome = gate.accepted ? 'accepted' : outcomeName(gate.outcome);
    return [
      { content: sentence`${markOf(gate)} ${outcome}` },
      { content: name },
      { content: model },
      ...[baseline, value, delta, allowed, pValue, standardError].map((content) => ({ content })),
    ];
  });
  return html`<section aria-labelledby="gates"><h2 id="gates">Gates</h2>${table([text('Every gate, worst first')], columns, rows)}</section>`;
}

/** What differs from the baseline. */
export function changesSection(report: Report): Html {
  const changes = changesIn(report);
  if (changes.length === 0) return NOTHING;
  return html`<section aria-labelledby="changes"><h2 id="changes">What changed</h2>${list(changes)}</section>`;
}
