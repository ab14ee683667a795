const LIGHT = `
  --page: #f2f5f7; --card: #fff; --ink: #18222c; --soft: #54616d; --line: #dfe5ea; --fill: #1b5eab; --on-fill: #fff;
  --paid: #0a7548; --failed: #b3261e; --review: #875000; --wait: #1b5eab; --plain: #54616d;`;

const DARK = `
  --page: #0f151b; --card: #18212a; --ink: #e8edf2; --soft: #a5b2be; --line: #2d3a46; --fill: #8ab8f0; --on-fill: #0d1c2d;
  --paid: #5fd39c; --failed: #ff9d94; --review: #f2bd66; --wait: #8ab8f0; --plain: #a5b2be;`;

const FRAME = `
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body {
  margin: 0; min-height: 100vh; display: flex; flex-direction: column; align-items: center; gap: 1rem; padding: 1rem 1rem 0;
  background: var(--page); color: var(--ink); overflow-wrap: anywhere;
  font: 1rem/1.8 Vazirmatn, "Noto Sans Arabic", system-ui, -apple-system, "Segoe UI", Tahoma, "Noto Naskh Arabic", sans-serif;
  -webkit-text-size-adjust: 100%; text-size-adjust: 100%;
}
header {
  align-self: stretch; margin: -1rem -1rem 0; padding: .5rem 1rem; min-height: 3.5rem; display: flex; justify-content: center;
  background: var(--card); border-bottom: 1px solid var(--line); font-weight: 700;
}
header a { display: flex; align-items: center; gap: .75rem; min-height: 2.75rem; color: inherit; text-decoration: none; }
header a:hover { text-decoration: underline; }
header img { display: block; height: 2.5rem; width: auto; max-width: 9rem; object-fit: contain; }
main {
  width: 100%; max-width: 29rem; min-width: 0; margin: auto; background: var(--card); border: 1px solid var(--line);
  border-top: .25rem solid var(--tone); border-radius: .375rem .375rem 1rem 1rem;
}
footer { padding: 0 0 1rem; text-align: center; color: var(--soft); font-size: .875rem; }
footer p { margin: 0; }
footer a { display: inline-block; padding: .5rem 0; color: var(--fill); font-weight: 600; }
.paid { --tone: var(--paid); } .failed { --tone: var(--failed); } .review { --tone: var(--review); }
.wait { --tone: var(--wait); } .plain { --tone: var(--plain); }
.what { padding: 1.75rem 1.25rem .5rem; text-align: center; }
.facts { padding: 0 1.25rem; }
.actions { padding: .25rem 1.25rem 1.25rem; }
.mark { display: block; width: 4rem; height: 4rem; margin: 0 auto 1rem; color: var(--tone); }
h1 { margin: 0 0 .5rem; font-size: 1.3rem; line-height: 1.6; text-wrap: balance; }
p { margin: 0 0 .75rem; text-wrap: pretty; }
.soft { color: var(--soft); font-size: .9375rem; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.paper { display: none; }
`;

const PARTS = `
.amount { margin: 1rem 0; line-height: 1.5; text-align: center; }
.amount strong { display: block; font-size: clamp(1.5rem, 7vw, 2rem); }
.amount span { color: var(--soft); }
.facts .amount { margin: .5rem 0; }
.facts .amount strong { font-size: 1.25rem; }
dl { margin: .75rem 0; border-bottom: 1px solid var(--line); }
dl div { display: flex; flex-wrap: wrap; gap: 0 1rem; padding: .5rem 0; border-top: 1px solid var(--line); }
dt { color: var(--soft); }
dd { margin: 0; margin-inline-start: auto; text-align: end; min-width: 0; font-weight: 600; }
.small { margin: .75rem 0; border: 0; font-size: .8125rem; line-height: 1.7; }
.small div { padding: .125rem 0; border: 0; align-items: center; }
.small dd { font-weight: 400; }
.small .long { display: block; position: relative; min-height: 2rem; }
.long dt { line-height: 2.25rem; }
.long dd { margin: 0; text-align: start; }
.long .id { display: inline-block; text-align: left; }
.zone { font-weight: 400; white-space: nowrap; }
.id { font-variant-numeric: tabular-nums; unicode-bidi: isolate; }
.id span { margin-right: .35em; }
.id span:last-of-type { margin-right: 0; }
.copy {
  position: absolute; inset-inline-end: 0; top: .125rem; min-width: 3rem; min-height: 2rem; padding: 0 .625rem; border: 1px solid var(--line);
  border-radius: .5rem; background: none; color: var(--fill); font: inherit; cursor: pointer;
}
.said { min-height: 1.7em; margin: 0; text-align: end; font-size: .8125rem; }
.quote { margin: 1rem 0; padding: .75rem .5rem; border: 1px dashed var(--tone); border-radius: .75rem; }
.quote p { margin: 0; }
.quote a { color: var(--fill); font-weight: 600; }
.quote .id { display: block; font-size: 1.125rem; font-weight: 700; line-height: 1.6; }
.button {
  display: flex; align-items: center; justify-content: center; width: 100%; min-height: 3rem; padding: .5rem 1rem;
  margin-top: .75rem; border: 1px solid var(--fill); border-radius: .75rem; font: inherit; font-weight: 600;
  text-align: center; text-decoration: none; cursor: pointer; background: var(--fill); color: var(--on-fill);
}
.second { background: none; color: var(--fill); }
.button:disabled { opacity: .6; cursor: progress; }
a:focus-visible, button:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px; }
.turn { transform-origin: center; animation: turn 1.2s linear infinite; }
@keyframes turn { to { transform: rotate(1turn); } }
@media (prefers-reduced-motion: reduce) { .turn { animation: none; } }
`;

const DESKTOP = `
@media screen and (min-width: 56rem) {
  header { justify-content: flex-start; padding-inline: max(1rem, calc(50% - 27rem)); }
  main { max-width: 36rem; }
  .what { padding: 2.5rem 2.5rem 1rem; }
  .facts { padding: 1.75rem 2.5rem 1rem; }
  .actions { padding: .5rem 2.5rem 2rem; }
  .wide { max-width: 56rem; display: grid; grid-template-columns: 5fr 6fr; }
  .wide .what { align-self: center; padding-bottom: 2.5rem; }
  .wide .facts { border-inline-start: 1px solid var(--line); }
  .wide .actions {
    grid-column: 1 / -1; display: flex; flex-wrap: wrap; gap: .75rem;
    padding: 1rem 2.5rem; border-top: 1px solid var(--line);
  }
  .wide .button { width: auto; min-width: 12rem; margin: 0; }
}
`;

const PRINT = `
@page { margin: 15mm; }
@media print {
  :root { color-scheme: light; ${LIGHT} --page: #fff; --line: #b8c1c9; }
  body { display: block; min-height: 0; padding: 0; font-size: 10pt; line-height: 1.5; }
  header { margin: 0; padding: 0 0 3mm; min-height: 0; justify-content: flex-start; border: 0; font-size: 13pt; }
  header a { min-height: 0; }
  main { max-width: none; margin: 0; break-inside: avoid; border-radius: 0; }
  .wide { display: grid; grid-template-columns: 9fr 10fr; }
  .what { padding: 3mm; align-self: center; }
  .facts { padding: 2mm 3mm; }
  .mark { width: 10mm; height: 10mm; margin-bottom: 2mm; }
  h1 { font-size: 13pt; }
  .amount strong { font-size: 15pt; }
  dl { margin: 1mm 0; }
  dl div { padding: 1mm 0; }
  .small div { padding: .5mm 0; }
  .small { font-size: 8.5pt; }
  .small .long { min-height: 0; }
  .long dt { line-height: inherit; }
  .soft { font-size: 9pt; }
  p { margin-bottom: 1.5mm; }
  .quote { margin: 2mm 0; padding: 1mm; }
  .quote .id { font-size: 11pt; }
  footer { display: flex; flex-wrap: wrap; gap: 0 6mm; padding: 2mm 0 0; font-size: 8.5pt; }
  footer a { padding: 0; color: inherit; text-decoration: none; }
  .paper { display: block; margin-inline-start: auto; }
  .button, .copy, .actions, .said { display: none; }
}
`;

/** The stylesheet of every page. Order matters: paper is light, also where the screen is dark. */
export const STYLE = `
:root { color-scheme: light dark; ${LIGHT} }
@media (prefers-color-scheme: dark) { :root { ${DARK} } }
${FRAME}${PARTS}${DESKTOP}${PRINT}`
  .replace(/\s+/g, ' ')
  .trim();
