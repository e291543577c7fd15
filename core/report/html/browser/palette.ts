/** The colours of the page, as its style sheet has them. */
export interface Palette {
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly card: string;
  readonly candidate: string;
  readonly baseline: string;
  readonly bad: string;
  /** Red, green and blue of what is shaded by how much there is. */
  readonly shade: string;
  readonly font: string;
  /** Of classes; told apart by most colour-blind people (Okabe & Ito 2008). */
  readonly classes: readonly string[];
}

export function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const variable = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const candidate = variable('candidate');
  return {
    text: variable('text'),
    muted: variable('muted'),
    line: variable('line'),
    card: variable('card'),
    candidate,
    baseline: variable('baseline'),
    bad: variable('bad'),
    shade: variable('shade'),
    font: getComputedStyle(document.body).fontFamily,
    classes: [candidate, variable('baseline'), '#009e73', '#cc79a7', '#8f8700', '#7a5cd6'],
  };
}
