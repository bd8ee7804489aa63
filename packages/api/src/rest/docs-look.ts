export const DOCS_STYLE = `
:root { --canvas: #fbfaf9; --card: #fff; --line: #e4dfdb; --ink: #1d1a19; --muted: #6a6360; --accent: #b8321a; --code: #f3efec; }
@media (prefers-color-scheme: dark) { :root { --canvas: #141211; --card: #1c1918; --line: #35302d; --ink: #f3efec; --muted: #a49c97; --accent: #ff7a5c; --code: #0f0d0c; } }
* { box-sizing: border-box; margin: 0; }
html { scroll-behavior: smooth; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { background: var(--canvas); color: var(--ink); font: 1rem/1.55 "Inter Variable", Inter, system-ui, sans-serif; }
header, nav, main { max-width: 60rem; margin: 0 auto; padding: 0 1rem; }
header { padding-top: 2rem; }
h1 { font-size: clamp(1.9rem, 6vw, 2.75rem); letter-spacing: -.02em; line-height: 1.15; }
h2 { margin: 2.5rem 0 .75rem; font-size: 1.25rem; text-transform: capitalize; }
h3 { margin: 1rem 0 .25rem; font-size: .8125rem; color: var(--muted); text-transform: uppercase; letter-spacing: .05em; }
header p { margin-top: .75rem; max-width: 44rem; }
a { color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
code, pre { font: .8125rem/1.5 ui-monospace, SFMono-Regular, Menlo, monospace; }
code { overflow-wrap: anywhere; }
pre { background: var(--code); border: 1px solid var(--line); border-radius: 8px; padding: .75rem; margin-top: .5rem; overflow: auto; max-height: 26rem; }
pre code { overflow-wrap: normal; }
.find { display: flex; flex-wrap: wrap; gap: .25rem .75rem; align-items: center; }
.find small { color: var(--muted); }
.find input, form input, form select, form textarea { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--muted); border-radius: 8px; padding: .5rem .75rem; }
.find input { flex: 1 1 12rem; min-width: 0; max-width: 24rem; }
nav { position: sticky; top: 0; background: var(--canvas); border-bottom: 1px solid var(--line); z-index: 1; margin-top: 1rem; }
nav ul { display: flex; gap: 1rem; list-style: none; padding: .75rem 0; overflow-x: auto; }
@media (min-width: 48rem) { nav ul { flex-wrap: wrap; row-gap: .25rem; } }
section { scroll-margin-top: 3.5rem; }
details { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 0 .875rem; margin-top: .5rem; scroll-margin-top: 4rem; }
details[open] { padding-bottom: .875rem; }
summary { cursor: pointer; padding: .75rem 0; display: flex; flex-wrap: wrap; gap: .25rem .75rem; align-items: baseline; }
summary span { color: var(--muted); }
.method { font: 700 .75rem ui-monospace, monospace; min-width: 3.75rem; }
.get { color: #1a6fb0; } .post { color: #1b7a44; } .put, .patch { color: #8f5a00; } .delete { color: #b3261e; }
@media (prefers-color-scheme: dark) { .get { color: #7cc0f5; } .post { color: #72d79d; } .put, .patch { color: #f0b95a; } .delete { color: #ff938a; } }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; }
th, td { text-align: left; vertical-align: top; padding: .375rem .75rem .375rem 0; border-top: 1px solid var(--line); font-weight: 400; }
main { padding-bottom: 5rem; }
details details { background: none; border: 0; padding: 0; margin: .25rem 0 0; }
details details summary { padding: .25rem 0; color: var(--accent); font-size: .875rem; }
form { display: grid; gap: .75rem; margin-top: .5rem; padding: .875rem; border: 1px solid var(--line); border-radius: 8px; }
form label { display: grid; gap: .25rem; font-size: .875rem; }
form input, form select { width: 100%; min-width: 0; }
form textarea { width: 100%; min-height: 9rem; font: .8125rem/1.5 ui-monospace, monospace; resize: vertical; }
form small { color: var(--muted); }
button { justify-self: start; font: inherit; font-weight: 600; color: var(--canvas); background: var(--accent); border: 0; border-radius: 8px; padding: .5rem 1.25rem; min-height: 2.5rem; cursor: pointer; }
.said { font-weight: 600; }
[hidden] { display: none; }
`;
