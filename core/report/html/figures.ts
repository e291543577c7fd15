import type { Sentence } from '../fragments.ts';
import type { Html } from '../to-html.ts';
import type { ChartData } from './chart-data.ts';
import { html, json, NOTHING } from './html-blocks.ts';

/** The figures of a page: each is a place that the script draws in, and its data in one JSON document. */
export class Figures {
  readonly #data: ChartData[] = [];

  /** @param below what stands under the chart: its values as a table. */
  add(title: Sentence, data: ChartData, below: Html = NOTHING): Html {
    const index = this.#data.push(data) - 1;
    return html`<figure class="${KINDS[data.kind]}"><figcaption id="figure-${index}">${title}</figcaption>
<div class="plot" role="img" aria-labelledby="figure-${index}" data-chart="${index}"></div>${below}</figure>
`;
  }

  data(): Html {
    return json(this.#data);
  }
}

const KINDS: Readonly<Record<ChartData['kind'], Html>> = {
  curves: html`square`,
  grid: html`square`,
  intervals: html`wide`,
  bars: html`wide`,
  histogram: html`square`,
  trials: html`wide`,
};
