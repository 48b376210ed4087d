/** Everything that the page looks like, in light, dark and print. */
export const stylesheet = `
:root { color-scheme: light dark;
  --paper: #ffffff; --surface: #f5f7f9; --ink: #15202b; --muted: #556270; --line: #dbe1e7; --grid: #e8ecf0;
  --amd64: #1d5fc4; --arm64: #bf540a; --emulated: #8250a8; --notice: #b45309; --notice-surface: #fff8eb; }
@media (prefers-color-scheme: dark) { :root {
  --paper: #0e141a; --surface: #151d25; --ink: #e6edf3; --muted: #9ba8b5; --line: #2a3540; --grid: #212b35;
  --amd64: #71aaff; --arm64: #ff9f60; --emulated: #c8a0e6; --notice: #f5b84b; --notice-surface: #211b10; } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif; }
main, footer { max-width: 1120px; margin: 0 auto; padding: 0 24px; }
header { border-bottom: 1px solid var(--line); background: var(--surface); padding: 40px 0 32px; }
header > div { max-width: 1120px; margin: 0 auto; padding: 0 24px; }
.project { margin: 0 0 12px; color: var(--muted); font-size: 15px; overflow-wrap: anywhere; }
.project strong { color: var(--ink); font-weight: 650; }
h1 { margin: 0; max-width: 27em; font-size: clamp(25px, 4vw, 36px); line-height: 1.2; letter-spacing: -0.018em; font-weight: 680;
  text-wrap: balance; overflow-wrap: anywhere; }
h2 { margin: 56px 0 4px; font-size: 22px; line-height: 1.3; letter-spacing: -0.01em; }
h3 { margin: 32px 0 8px; font-size: 16px; }
h2 + p, h3 + p { margin-top: 0; }
p { max-width: 72ch; text-wrap: pretty; }
.lead { margin: 14px 0 0; max-width: 68ch; font-size: 17px; color: var(--muted); }
.note { max-width: 84ch; color: var(--muted); font-size: 14px; }
.overline { margin: 28px 0 8px; color: var(--muted); font-size: 14px; font-weight: 600; }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 210px), 1fr)); gap: 12px; margin: 0; padding: 0; }
.facts div { display: flex; flex-direction: column-reverse; justify-content: flex-end; padding: 14px 16px; border: 1px solid var(--line); border-radius: 10px; background: var(--paper); }
.facts dt { color: var(--muted); font-size: 14px; line-height: 1.4; }
.facts dd { margin: 0; font-size: 24px; font-weight: 650; letter-spacing: -0.01em; font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; margin: 16px 0 8px; }
table { border-collapse: collapse; width: 100%; font-size: 14.5px; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--muted); font-size: 14px; padding-bottom: 8px; }
th, td { padding: 8px 10px; text-align: right; white-space: nowrap; border-bottom: 1px solid var(--line); }
th:first-child, td:first-child { padding-left: 0; }
thead th { color: var(--muted); font-weight: 550; font-size: 13px; vertical-align: bottom; border-bottom-color: var(--muted); }
tbody th, .left { text-align: left; } tbody th { font-weight: 500; }
.phases tbody th:not(.phase) { padding-left: 10px; }
tbody th.phase { padding-left: 0; font-weight: 650; vertical-align: top; white-space: normal; overflow-wrap: anywhere; min-width: 7em; }
tr.emulated td { color: var(--muted); font-style: italic; }
.failed { color: var(--notice); font-weight: 650; }
.tag { display: inline-flex; vertical-align: bottom; flex-wrap: wrap; align-items: center; gap: 4px 8px; font-style: normal; }
.phases .tag { flex-wrap: nowrap; }
.tag.amd64 { --tone: var(--amd64); } .tag.arm64 { --tone: var(--arm64); } .tag.emulated { --tone: var(--emulated); }
.stroke { width: 24px; height: 4px; } .stroke line { stroke: var(--tone); stroke-width: 3; } .emulated .stroke line { stroke-dasharray: 5 4; }
.badge { border: 1px dashed var(--emulated); border-radius: 99px; padding: 0 8px; color: var(--emulated); font-size: 12.5px; line-height: 20px; }
.key { display: flex; flex-wrap: wrap; gap: 6px 24px; margin: 8px 0 16px; padding: 0; list-style: none; font-size: 14.5px; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 440px), 1fr)); gap: 32px 28px; }
figure { display: flex; flex-direction: column; margin: 0; min-width: 0; break-inside: avoid; }
figcaption { flex: 1; font-size: 14.5px; font-weight: 600; line-height: 1.4; margin-bottom: 2px; overflow-wrap: anywhere; }
figcaption > span { display: block; font-weight: 400; color: var(--muted); font-size: 13.5px; }
figure svg.chart { display: block; width: 100%; height: auto; }
.verdict { margin: 16px 0 0; padding: 4px 24px 20px; border: 1px solid var(--line); border-left: 4px solid var(--notice); border-radius: 10px; background: var(--notice-surface); }
.verdict h3 { margin-top: 20px; }
.verdict ul { margin: 0; padding-left: 20px; } .verdict li { margin: 4px 0; max-width: 76ch; } .verdict p { margin: 0; }
.pairs { display: grid; grid-template-columns: minmax(9em, max-content) minmax(0, 1fr); gap: 6px 24px; margin: 12px 0; font-size: 14.5px; }
.pairs dt { color: var(--muted); } .pairs dd { margin: 0; overflow-wrap: anywhere; }
code { font: 0.92em ui-monospace, SFMono-Regular, Menlo, "Liberation Mono", monospace; }
footer { margin-top: 64px; padding-top: 16px; padding-bottom: 48px; border-top: 1px solid var(--line); color: var(--muted); font-size: 14px; }
@media (max-width: 560px) { main, footer, header > div { padding-left: 16px; padding-right: 16px; } header { padding: 28px 0 24px; }
  .verdict { padding: 0 16px 16px; } .pairs { grid-template-columns: 1fr; gap: 0; } .pairs dd { margin-bottom: 10px; } }
@media print { :root { color-scheme: light; --paper: #fff; --surface: #fff; --ink: #000; --muted: #444; --line: #bbb; --grid: #ddd;
  --amd64: #1d5fc4; --arm64: #bf540a; --emulated: #8250a8; --notice: #b45309; --notice-surface: #fff; }
  body { font-size: 10.5pt; } header { padding: 0 0 12pt; } h2 { margin-top: 22pt; break-after: avoid; } h3 { break-after: avoid; }
  .scroll { overflow: visible; } th, td { padding: 4pt 6pt; font-size: 8.5pt; } .charts { grid-template-columns: 1fr 1fr; }
  main, header > div, footer { padding-left: 0; padding-right: 0; } .key { break-after: avoid; } .pairs { font-size: 9pt; gap: 2pt 18pt; }
  footer { margin-top: 14pt; padding-bottom: 0; } .verdict, .facts div, tr { break-inside: avoid; } }
`;
