import { sha256Hex } from '../../random/sha256.ts';
import { code, link, type Sentence, sentence, text } from '../fragments.ts';
import { headCommit } from '../head-commit.ts';
import { headline } from '../headline.ts';
import { METHOD } from '../markdown.ts';
import type { Report } from '../report-schema.ts';
import { smallestDrops } from '../smallest-drops.ts';
import { summarySentence } from '../summary-sentence.ts';
import type { Html } from '../to-html.ts';
import type { Charts } from './charts.ts';
import { datasetSection } from './dataset-section.ts';
import { Figures } from './figures.ts';
import { fold, html, list, NOTHING, ours } from './html-blocks.ts';
import { pageScript } from './page-script.ts';
import { PAGE_STYLE } from './page-style.ts';
import { runsSection } from './runs-section.ts';
import { changesSection, gatesSection, openPoints } from './verdict-section.ts';

/**
 * The report as one HTML file that loads nothing. Its policy lets the browser run our own script and no other, so that not even a hole
 * in the escaping would let a name act. Without JavaScript the charts are missing, and nothing else.
 */
export async function renderPage(report: Report, charts: Charts): Promise<string> {
  const figures = new Figures();
  const { datasets } = report;
  const sections = datasets.map((dataset, i) =>
    datasetSection(
      dataset,
      charts.datasets.find((each) => each.dataset === dataset.dataset),
      figures,
      i,
    ),
  );
  const script = ours(await pageScript());
  const style = ours(PAGE_STYLE);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src '${hashOf(script)}'; style-src '${hashOf(style)}'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>mlops-action: comparison report</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the report</a>
<header class="${outcomeClass(report)}"><p class="kind">Comparison report</p>
<h1>${headline(report)}</h1>
<p>${summarySentence(report)}</p><p class="note">${origin(report)}</p></header>
${contents(report)}
<main id="main">
${openPoints(report)}
${gatesSection(report)}
${runsSection(report)}
${changesSection(report)}
${sections}
${method(report)}
</main>
<footer><p class="note">${sentence`Made by mlops-action ${report.version}. Curves are means over folds; bins of fewer than five rows are left out.`}</p></footer>
<script type="application/json" id="charts">${figures.data()}</script>
<script>${script}</script>
</body>
</html>
`;
}

function contents({ verdict, datasets }: Report): Html {
  if (datasets.length === 0) return NOTHING;
  const gates = verdict && verdict.gates.length > 0 ? html`<li><a href="#gates">Gates</a></li>` : NOTHING;
  const links = datasets.map(({ dataset }, i) => html`<li><a href="#dataset-${i}">${[code(dataset)]}</a></li>`);
  return html`<nav aria-label="Sections"><ul>${gates}<li><a href="#runs">Runs</a></li>${links}</ul></nav>`;
}

/** Red stops a merge, green does not, and what is open does not either. */
function outcomeClass({ verdict, stopsMerge, subject }: Report): Html {
  if (stopsMerge) return html`bad`;
  switch (verdict?.outcome) {
    case 'pass':
    case 'first_run':
      return html`good`;
    case 'not_comparable':
      return subject === 'tracked_branch' ? html`good` : html`open`;
    case 'fail':
    case 'error':
      return html`bad`;
    case 'inconclusive':
      return html`open`;
    default:
      return html`plain`;
  }
}

function origin({ head, runUrl }: Report): Sentence {
  const commit = headCommit(head, runUrl);
  const branch = head.branch === null ? [] : sentence` on ${code(head.branch)}`;
  const run = runUrl === null ? [] : sentence` · ${link(runUrl, text('workflow run'))}`;
  return sentence`${commit}${branch}${run}`;
}

function method(report: Report): Html {
  const drops = smallestDrops(report);
  if (drops.length === 0) return NOTHING;
  return fold([text('How this was compared')], html`${list(drops)}<p>${METHOD}</p>`);
}

/** As a policy names an inline script or style. */
function hashOf(content: Html): Html {
  const hex = sha256Hex(new TextEncoder().encode(content));
  return html`sha256-${ours(btoa(String.fromCharCode(...hex.match(/../g)!.map((byte) => Number.parseInt(byte, 16)))))}`;
}
