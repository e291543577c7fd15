/** The style sheet of the page. Colours are variables, which the charts read too; dark where the reader's system is. */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --text: #1f2328; --muted: #57606a; --page: #ffffff; --card: #f6f8fa; --line: #d0d7de; --link: #0550ae;
  --candidate: #0072b2; --baseline: #b35900; --shade: 0 114 178;
  --good: #1a7f37; --bad: #cf222e; --open: #9a6700; --plain: #57606a;
}
@media (prefers-color-scheme: dark) {
  :root {
    --text: #e6edf3; --muted: #9da7b1; --page: #0d1117; --card: #161b22; --line: #3d444d; --link: #79b8ff;
    --candidate: #56b4e9; --baseline: #e69f00; --shade: 86 180 233;
    --good: #3fb950; --bad: #ff7b72; --open: #d29922; --plain: #9da7b1;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 1rem; max-width: 78rem; color: var(--text); background: var(--page);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", "Open Sans", sans-serif;
}
h1 { font-size: 1.5rem; line-height: 1.3; margin: 0.2rem 0 0.6rem; overflow-wrap: anywhere; }
h2 { font-size: 1.25rem; margin: 1.5rem 0 0.5rem; padding-top: 0.7rem; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
h3 { font-size: 1rem; margin: 1.2rem 0 0.4rem; }
p, li { overflow-wrap: anywhere; }
p { margin: 0.3rem 0; }
ul { padding-left: 1.4rem; margin: 0.5rem 0; }
a { color: var(--link); }
a:focus-visible, button:focus-visible, summary:focus-visible, .scroll:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: 0.5rem; background: var(--page); padding: 0.3rem 0.6rem; z-index: 1; }
code { font-size: 0.88em; font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; background: var(--card); border-radius: 4px; padding: 0.1em 0.3em; overflow-wrap: anywhere; }
.note, .kind { color: var(--muted); font-size: 0.875rem; }
.kind { margin: 0; text-transform: uppercase; letter-spacing: 0.06em; }
header { border-left: 6px solid var(--plain); background: var(--card); padding: 1rem 1.2rem; border-radius: 6px; }
header code { background: var(--page); }
h1 code { background: none; padding: 0; }
header.good { border-color: var(--good); }
header.bad { border-color: var(--bad); }
header.open { border-color: var(--open); }
nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: 0.3rem 1.2rem; padding: 0; margin: 0.8rem 0; }
.scroll { overflow-x: auto; max-width: 100%; }
table { border-collapse: collapse; font-size: 0.9rem; margin: 0.4rem 0 0.8rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--muted); font-size: 0.875rem; padding-bottom: 0.3rem; }
th, td { padding: 0.35rem 0.7rem; border-bottom: 1px solid var(--line); text-align: left; font-weight: normal; white-space: nowrap; }
thead th { font-weight: 600; border-bottom-width: 2px; vertical-align: bottom; }
.number { text-align: right; }
th button { all: unset; cursor: pointer; font-weight: 600; }
th button::after { content: "\\2195"; color: var(--muted); margin-left: 0.3em; display: inline-block; width: 0.9em; text-align: center; }
th[aria-sort="ascending"] button::after { content: "\\2191"; color: var(--text); }
th[aria-sort="descending"] button::after { content: "\\2193"; color: var(--text); }
summary { cursor: pointer; padding: 0.3rem 0; }
details > summary { overflow-wrap: anywhere; }
section > details { border: 1px solid var(--line); border-radius: 6px; padding: 0.2rem 0.9rem; margin: 0.7rem 0; }
figure { margin: 0; min-width: 0; }
figcaption { font-weight: 600; font-size: 0.9rem; overflow-wrap: anywhere; }
figure details { font-size: 0.875rem; color: var(--muted); }
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 22rem), 1fr)); gap: 1.2rem; margin: 0.6rem 0; }
.plot, .plots { display: none; }
.js .plots { display: block; }
.js .plot { display: block; width: 100%; }
.js .square .plot { height: 20rem; }
.js .wide .plot { height: 14rem; }
.matrix td { text-align: center; border: 1px solid var(--page); min-width: 4.5rem; }
.matrix thead td { border: 0; }
.matrix small { display: block; opacity: 0.85; }
.shade-0 { background: rgb(var(--shade) / 0.03); }
${Array.from({ length: 10 }, (_, i) => `.shade-${i + 1} { background: rgb(var(--shade) / ${((i + 1) * 0.05 + 0.03).toFixed(2)}); }`).join('\n')}
@media print { details > summary { list-style: none; } .skip, nav { display: none; } }
`;
