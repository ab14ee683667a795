const LIGHT = `
  --page: #f2f5f7; --card: #fff; --ink: #18222c; --soft: #54616d; --line: #dfe5ea; --fill: #1b5eab; --on-fill: #fff;
  --paid: #0a7548; --failed: #b3261e; --review: #875000; --wait: #1b5eab; --plain: #54616d;`;

const DARK = `
  --page: #0f151b; --card: #18212a; --ink: #e8edf2; --soft: #a5b2be; --line: #2d3a46; --fill: #8ab8f0; --on-fill: #0d1c2d;
  --paid: #5fd39c; --failed: #ff9d94; --review: #f2bd66; --wait: #8ab8f0; --plain: #a5b2be;`;

const FRAME = `
* { box-sizing: border-box; }
body {
  margin: 0; min-height: 100vh; padding: 1rem; display: grid; place-items: center;
  background: var(--page); color: var(--ink);
  font: 1rem/1.8 Vazirmatn, "Noto Sans Arabic", system-ui, -apple-system, "Segoe UI", Tahoma, "Noto Naskh Arabic", sans-serif;
  -webkit-text-size-adjust: 100%; text-size-adjust: 100%;
}
main {
  width: 100%; max-width: 29rem; min-width: 0; padding: 2rem 1.25rem 1.25rem; text-align: center; overflow-wrap: anywhere;
  background: var(--card); border: 1px solid var(--line); border-top: .25rem solid var(--tone);
  border-radius: .375rem .375rem 1rem 1rem;
}
.paid { --tone: var(--paid); } .failed { --tone: var(--failed); } .review { --tone: var(--review); }
.wait { --tone: var(--wait); } .plain { --tone: var(--plain); }
.mark { display: block; width: 4rem; height: 4rem; margin: 0 auto 1rem; color: var(--tone); }
h1 { margin: 0 0 .5rem; font-size: 1.3rem; line-height: 1.6; text-wrap: balance; }
p { margin: 0 0 .75rem; text-wrap: pretty; }
.soft { color: var(--soft); font-size: .9375rem; }
`;

const PARTS = `
.amount { margin: 1rem 0; line-height: 1.5; }
.amount strong { display: block; font-size: clamp(1.5rem, 7vw, 2rem); }
.amount span { color: var(--soft); }
dl { margin: 1.25rem 0; text-align: start; border-bottom: 1px solid var(--line); }
dl div { display: flex; flex-wrap: wrap; gap: 0 1rem; padding: .5rem 0; border-top: 1px solid var(--line); }
dt { color: var(--soft); }
dd { margin: 0; margin-inline-start: auto; text-align: end; min-width: 0; font-weight: 600; }
.id { font-variant-numeric: tabular-nums; unicode-bidi: isolate; }
.quote { margin: 1.25rem 0; padding: .75rem 1rem; border: 1px dashed var(--tone); border-radius: .75rem; }
.quote .id { display: block; font-size: 1.25rem; font-weight: 700; line-height: 1.6; }
.button {
  display: flex; align-items: center; justify-content: center; width: 100%; min-height: 3rem; padding: .5rem 1rem;
  margin-top: 1rem; border: 1px solid var(--fill); border-radius: .75rem; font: inherit; font-weight: 600;
  text-decoration: none; cursor: pointer; background: var(--fill); color: var(--on-fill);
}
.second { background: none; color: var(--fill); }
.button[hidden] { display: none; }
.button:disabled { opacity: .6; cursor: progress; }
.button:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px; }
.turn { transform-origin: center; animation: turn 1.2s linear infinite; }
@keyframes turn { to { transform: rotate(1turn); } }
@media (prefers-reduced-motion: reduce) { .turn { animation: none; } }
`;

const PRINT = `
@page { margin: 15mm; }
@media print {
  :root { color-scheme: light; ${LIGHT} --page: #fff; --line: #b8c1c9; }
  body { display: block; min-height: 0; padding: 0; font-size: 11pt; }
  main { max-width: 130mm; margin: 0 auto; break-inside: avoid; }
  .button { display: none; }
}
`;

/** The stylesheet of every page. Order matters: paper is light, whatever the screen is. */
export const STYLE = `
:root { color-scheme: light dark; ${LIGHT} }
@media (prefers-color-scheme: dark) { :root { ${DARK} } }
${FRAME}${PARTS}${PRINT}`
  .replace(/\s+/g, ' ')
  .trim();
