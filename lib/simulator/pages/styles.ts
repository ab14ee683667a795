/** The one style sheet: phone first, light and dark. */
export const styles = `
:root { color-scheme: light dark; --ink: #1b2430; --quiet: #54606d; --paper: #fff; --ground: #edf0f4; --line: #c6ced8;
  --accent: #0a6238; --accent-ink: #fff; --warn: #8a3200; --link: #0b4fa8; --mark: #ffd23f; --mark-ink: #1c1400; }
@media (prefers-color-scheme: dark) { :root { --ink: #e7ecf2; --quiet: #abb6c2; --paper: #1a2129; --ground: #10151b;
  --line: #3b4653; --accent: #45d394; --accent-ink: #05130c; --warn: #ffb38a; --link: #8ec2ff; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink);
  font: 1rem/1.75 Vazirmatn, Vazir, Tahoma, 'Segoe UI', system-ui, 'Noto Sans Arabic', 'DejaVu Sans', sans-serif; }
.mark { position: sticky; top: 0; z-index: 1; background: var(--mark); color: var(--mark-ink); text-align: center;
  border-bottom: 2px dashed var(--mark-ink); }
.mark p { margin: 0; padding: .3rem .75rem; }
main { max-width: 62rem; margin: 0 auto; padding: .75rem; overflow-wrap: anywhere; }
h1 { font-size: 1.3rem; margin: .25rem 0 .75rem; }
h2 { font-size: 1.1rem; margin: 0 0 .5rem; }
a { color: var(--link); }
code, pre { font: .85em/1.6 ui-monospace, 'DejaVu Sans Mono', monospace; }
pre { background: var(--ground); border: 1px solid var(--line); border-radius: .5rem; padding: .5rem; margin: .25rem 0;
  overflow-x: auto; white-space: pre-wrap; direction: ltr; text-align: left; }
.card > :first-child { margin-top: 0; }
.card { background: var(--paper); border: 1px solid var(--line); border-radius: .75rem; padding: 1rem; margin: 0 0 .75rem; }
.quiet, small { color: var(--quiet); }
dl { margin: 0; }
dl > div { display: flex; justify-content: space-between; gap: 1rem; border-top: 1px solid var(--line); padding: .4rem 0; }
dl > div:first-child { border-top: 0; }
dt { color: var(--quiet); flex: none; max-width: 45%; }
dd { margin: 0; text-align: end; min-width: 0; }
.amount dd { font-size: 1.4rem; font-weight: 700; line-height: 1.4; }
.amount small { font-size: .9rem; font-weight: 400; }
.brand { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: .25rem 1rem; }
.brand span { font-size: .9rem; font-weight: 400; color: var(--quiet); }
.card > .clock { display: flex; justify-content: space-between; margin: -1rem -1rem .5rem; padding: .5rem 1rem;
  background: var(--ground); border-radius: .75rem .75rem 0 0; }
.clock span { font-weight: 700; font-variant-numeric: tabular-nums; }
.field { display: block; margin: .6rem 0; color: var(--quiet); font-size: .9rem; }
.field input, .field select { display: block; width: 100%; margin-top: .15rem; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: .75rem; }
input, select, button { font: inherit; font-size: 1rem; color: var(--ink); background: var(--ground);
  border: 1px solid var(--quiet); border-radius: .5rem; padding: .55rem .75rem; min-height: 2.75rem; min-width: 0; }
::placeholder { color: var(--quiet); opacity: 1; }
button { cursor: pointer; }
button:hover { border-color: var(--ink); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.pay { background: var(--accent); border-color: var(--accent); color: var(--accent-ink); font-weight: 700; }
.actions { display: flex; flex-wrap: wrap; gap: .5rem; margin: 1rem 0 0; }
.actions .pay { flex: 3 1 12rem; }
.actions .cancel { flex: 1 1 6rem; }
details { margin-top: .75rem; }
summary { cursor: pointer; padding: .4rem 0; }
.endings { display: grid; gap: .5rem; }
.endings button { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem; text-align: start; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 13rem), 1fr)); gap: .75rem; margin-bottom: .75rem; }
.tiles > .card { display: block; margin: 0; padding: .75rem 1rem; border: 1px solid var(--line); }
.tiles dt { max-width: none; }
.tiles dd { text-align: start; font-weight: 700; }
.tiles small { font-weight: 400; }
.fields { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 16rem), 1fr)); gap: 0 .75rem; }
.list { list-style: none; margin: 0; padding: 0; }
.list > li { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem .75rem; border-top: 1px solid var(--line); padding: .4rem 0; }
.list > li:first-child { border-top: 0; }
.list details { margin: 0; flex: 1 1 100%; min-width: 0; }
.timeline { margin: 0; padding-inline-start: 1.25rem; }
.timeline time { color: var(--quiet); font-size: .9em; }
.tag { font-size: .85rem; font-weight: 400; border: 1px solid currentcolor; border-radius: 1rem; padding: 0 .6rem; white-space: nowrap; }
.verified { color: var(--accent); }
.warn, .taken, .returned { color: var(--warn); }
@media (min-width: 48rem) {
  .columns { display: grid; grid-template-columns: 3fr 2fr; gap: .75rem; align-items: start; }
  .columns .summary { order: 2; }
}
`;
