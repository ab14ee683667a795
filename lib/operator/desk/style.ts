import { createHash } from 'node:crypto';

const LIGHT = `
  --page: #f2f5f7; --card: #fff; --ink: #18222c; --soft: #54616d; --line: #cfd7de; --fill: #1b5eab; --on-fill: #fff;
  --paid: #0a6b42; --failed: #b3261e; --review: #7a4800; --wait: #1b5eab; --behind: #9aa7b3;`;
const DARK = `
  --page: #0f151b; --card: #18212a; --ink: #e8edf2; --soft: #a5b2be; --line: #3a4855; --fill: #8ab8f0; --on-fill: #0d1c2d;
  --paid: #5fd39c; --failed: #ff9d94; --review: #f2bd66; --wait: #8ab8f0; --behind: #5d6b78;`;

const STYLE = `
:root { ${LIGHT} color-scheme: light dark; }
@media (prefers-color-scheme: dark) { :root { ${DARK} } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); -webkit-text-size-adjust: 100%; text-size-adjust: 100%;
  font: 1rem/1.7 Vazirmatn, "Noto Sans Arabic", system-ui, -apple-system, "Segoe UI", Tahoma, "Noto Naskh Arabic", sans-serif; }
a { color: var(--fill); }
:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px; }
.skip { position: absolute; inset-inline-start: -99rem; } .skip:focus { position: static; display: block; padding: .5rem 1rem; }
header { display: flex; flex-wrap: wrap; gap: .25rem 1rem; justify-content: space-between; align-items: center;
  padding: .25rem 1rem; background: var(--card); border-bottom: 1px solid var(--line); }
nav { display: flex; flex-wrap: wrap; gap: 0 .25rem; }
nav a { padding: .5rem .6rem; text-decoration: none; border-bottom: 3px solid transparent; }
nav a[aria-current] { color: var(--ink); font-weight: 700; border-color: var(--fill); }
.who { margin: 0; display: flex; gap: 1rem; }
main { max-width: 68rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; } main:focus { outline: none; }
footer { padding: 1rem; text-align: center; color: var(--soft); }
h1 { font-size: 1.5rem; line-height: 1.5; margin: .5rem 0 1rem; } h2 { font-size: 1.15rem; margin: 0 0 .75rem; }
h3 { font-size: 1rem; margin: 0 0 .5rem; }
section, .item, .card { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1rem; margin: 0 0 1rem; }
.soft { color: var(--soft); } .when { white-space: nowrap; } .id { font-variant-numeric: tabular-nums; }
.item { border-inline-start: .3rem solid var(--review); } .item p { margin: 0 0 .5rem; }
.item.error, .item.shopFault, .item.noTokens, .item.noCallbacks { border-color: var(--failed); }
.item.fine { border-color: var(--paid); }
section > :first-child, .item > :first-child { margin-top: 0; } section > :last-child, .item > :last-child, details:last-child { margin-bottom: 0; } form > p:first-child { margin-top: 0; }
ul, ol { list-style: none; margin: 0; padding: 0; }
.payments li { border-top: 1px solid var(--line); } .payments li:first-child { border-top: 0; }
.payments a { display: grid; grid-template-columns: 1fr auto; gap: 0 1rem; padding: .6rem .25rem; color: inherit; text-decoration: none; }
.payments a:hover { background: var(--page); } .payments strong { text-decoration: underline; color: var(--fill); }
.payments .end { text-align: end; }
@media (min-width: 48rem) { .payments a { grid-template-columns: 2fr 1.2fr 1.6fr 1.6fr 1fr; } .payments .end { text-align: start; } }
.badge { display: inline-block; padding: 0 .5rem; border: 1px solid currentColor; border-radius: 1rem; font-size: .9rem; white-space: nowrap; }
.badge { color: var(--wait); } .badge.paid { color: var(--paid); } .badge.failed { color: var(--failed); }
.badge.review { color: var(--review); }
form { display: grid; gap: .75rem; } .line { display: flex; flex-wrap: wrap; gap: .75rem; align-items: end; }
.line label { flex: 1 1 10rem; } .line label:has([type="search"]) { flex: 3 1 16rem; } .line button { flex: 1 0 auto; }
@media (min-width: 40rem) { .line button { flex: none; min-width: 9rem; } }
label { display: grid; gap: .2rem; } fieldset { border: 1px solid var(--line); border-radius: .5rem; display: grid; gap: .75rem; margin: 0; }
input, select, textarea { width: 100%; min-height: 2.75rem; padding: .4rem .6rem; font: inherit; color: inherit; background: var(--page);
  border: 1px solid var(--soft); border-radius: .5rem; }
select { height: 2.75rem; padding-block: 0; }
textarea { min-height: 6rem; } textarea[readonly] { min-height: 12rem; direction: ltr; font-family: monospace; font-size: .85rem; }
button, .button { display: inline-block; min-height: 2.75rem; padding: .5rem 1rem; font: inherit; font-weight: 600; cursor: pointer;
  border: 1px solid var(--fill); border-radius: .5rem; background: var(--fill); color: var(--on-fill); text-decoration: none; text-align: center; }
button.second, .button.second { background: none; color: var(--fill); } button.danger { background: none; color: var(--failed); border-color: var(--failed); }
.buttons { display: flex; flex-wrap: wrap; gap: .75rem; }
details { margin: 0 0 .75rem; } summary { cursor: pointer; padding: .4rem 0; font-weight: 600; } details form { padding: .5rem 0 1rem; }
.said { font-size: 1.15rem; margin: 0 0 .75rem; } .amount { font-size: 1.25rem; font-weight: 700; margin: 0 0 .5rem; }
.tell { border-inline-start: .3rem solid var(--fill); padding-inline-start: .75rem; margin: 0 0 .75rem; }
.done { border-inline-start: .3rem solid var(--paid); }
.acts > * { margin: 0 0 .75rem; } .story li { display: grid; gap: 0 .75rem; padding: .35rem 0; border-top: 1px solid var(--line); }
.story .pause { border: 0; color: var(--soft); padding-inline-start: 1.5rem; } .story .staff { font-weight: 600; } .story time { color: var(--soft); }
@media (min-width: 40rem) { .story li { grid-template-columns: 11rem 1fr; } .story .pause { grid-template-columns: 1fr; } }
dl { margin: 0; } dl div { display: grid; grid-template-columns: 6.5rem 1fr; gap: 0 .5rem; padding: .35rem 0; border-top: 1px solid var(--line); }
dt { color: var(--soft); } dd { margin: 0; min-width: 0; } dd .id { font-size: .95em; }
@media (min-width: 40rem) { dl div { grid-template-columns: 8rem 1fr; } }
.columns { display: grid; gap: 1rem; } @media (min-width: 60rem) { .columns { grid-template-columns: 3fr 2fr; align-items: start; } }
.figures { display: grid; gap: .75rem; grid-template-columns: repeat(auto-fit, minmax(12rem, 1fr)); margin: 0 0 1rem; }
.figures .card { margin: 0; } .figures strong { display: block; font-size: 1.35rem; } .figures small { display: block; color: var(--soft); }
.scroll { overflow-x: auto; } .scroll th, .scroll td, td.num { white-space: nowrap; } table { border-collapse: collapse; width: 100%; }
th, td { text-align: start; padding: .35rem .25rem; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: break-word; }
th { color: var(--soft); font-weight: 600; } @media (min-width: 40rem) { th, td { padding-inline: .5rem; } }
.chart { width: 100%; height: auto; display: block; } .chart .now { fill: var(--fill); } .chart .before { fill: var(--behind); }
.chart .week { fill: none; stroke: var(--review); stroke-width: 2; } .chart text { fill: var(--soft); font-size: 13px; text-anchor: middle; }
.chart .axis { stroke: var(--line); } .legend { display: flex; flex-wrap: wrap; gap: 0 1.25rem; color: var(--soft); }
.legend .chart { display: inline-block; width: 1rem; height: 1rem; vertical-align: middle; }
meter { width: 8rem; max-width: 100%; } meter::-webkit-meter-optimum-value { background: var(--behind); } meter::-moz-meter-bar { background: var(--behind); }
@media print { header, footer, details, button, .button, .buttons, .acts, form:not(.filter), section:has(> form:not(.filter)) { display: none; }
  .columns { display: block; } body { background: #fff; } section, .item { break-inside: avoid; } }
`;

/** The desk's stylesheet. It is served by the desk itself: a strict policy forbids inline styles. */
export const STYLESHEET = STYLE;

/** Its path, with a mark of its content: a new version is never mistaken for an old one. */
export const STYLE_PATH = `/style-${createHash('sha256').update(STYLE).digest('hex').slice(0, 12)}.css`;
