/** The one style sheet: phone first, light and dark. */
export const styles = `
:root { color-scheme: light dark; --ink: #1c2430; --quiet: #55606e; --paper: #fff; --ground: #eef1f5; --line: #c9d1da;
  --pay: #0b6b3a; --pay-ink: #fff; --mark: #ffd23f; --mark-ink: #1c1400; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8edf3; --quiet: #a9b4c0; --paper: #1b222b; --ground: #11161c;
  --line: #3a4552; --pay: #3ecf8e; --pay-ink: #06140d; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink);
  font: 1rem/1.8 Vazirmatn, Vazir, 'Noto Naskh Arabic', Tahoma, 'Segoe UI', system-ui, sans-serif; }
.mark { position: sticky; top: 0; z-index: 1; background: var(--mark); color: var(--mark-ink); text-align: center; }
.mark p { margin: 0; padding: .35rem .75rem; }
main { max-width: 60rem; margin: 0 auto; padding: .75rem; overflow-wrap: anywhere; }
h1 { font-size: 1.25rem; margin: .25rem 0 .75rem; }
.card { background: var(--paper); border: 1px solid var(--line); border-radius: .75rem; padding: 1rem; margin: 0 0 .75rem; }
dl { margin: 0; }
dl div { display: flex; justify-content: space-between; gap: 1rem; border-top: 1px solid var(--line); padding: .35rem 0; }
dl div:first-child { border-top: 0; }
dt { color: var(--quiet); flex: none; }
dd { margin: 0; text-align: end; }
.quiet { color: var(--quiet); }
.amount dd { font-size: 1.35rem; font-weight: 700; }
.field { display: block; margin: .5rem 0; }
.field input { width: 100%; }
input { font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--line); border-radius: .5rem; padding: .5rem .75rem; }
button { font: inherit; border-radius: .5rem; border: 1px solid var(--line); background: transparent; color: inherit;
  padding: .6rem 1rem; min-height: 2.75rem; cursor: pointer; }
.pay { background: var(--pay); border-color: var(--pay); color: var(--pay-ink); font-weight: 700; }
.actions { display: flex; flex-wrap: wrap; gap: .5rem; margin-top: 1rem; }
.actions .pay { flex: 1 1 12rem; }
`;
