import { formatBytes, formatDuration, formatMs, formatShare } from '../format/figures.ts';
import { describeLimits } from '../phrases/run-phrases.ts';
import type { RunRecord } from '../run-record/run-record.ts';
import type { TargetRecord } from '../run-record/target-record.ts';
import { html, type Markup } from './markup.ts';
import { targetTag } from './target-style.ts';

/** What was run, and what each target used. */
export function targetsSection(record: RunRecord): Markup {
  return html`<section aria-labelledby="targets">
<h2 id="targets">What was measured</h2>
<p>One service, built for each platform and run with ${describeLimits(record)} on one machine, one target after the other.</p>
<div class="scroll" role="region" aria-label="Targets" tabindex="0"><table>
<thead><tr><th scope="col" class="left">Target</th>${columns.map(([title]) => html`<th scope="col">${title}</th>`)}</tr></thead>
<tbody>${record.targets.map(targetRow)}</tbody>
</table></div>
${
  record.targets.some((target) => target.emulated) &&
  html`<p class="note">Figures in italics were measured under emulation. They show that the service works on that architecture; they are the emulator's speed, not a processor's.</p>`
}
</section>
`;
}

function targetRow(target: TargetRecord): Markup {
  return html`<tr class="${target.emulated ? 'emulated' : 'native'}"><th scope="row">${targetTag(target)}</th>${columns.map(
    ([, cell]) => html`<td>${cell(target)}</td>`,
  )}</tr>
`;
}

const columns: readonly (readonly [string, (target: TargetRecord) => string])[] = [
  ['Start-up', (target) => formatDuration(target.startupMs)],
  ['CPU per request', (target) => `${formatMs(target.resources.cpuUsPerRequest)} ms`],
  ['Share of CPU limit', (target) => formatShare(target.resources.cpuShare)],
  ['Periods throttled', (target) => formatShare(target.resources.throttledShare)],
  ['Peak memory', (target) => formatBytes(target.resources.memoryPeakBytes)],
  ['Image, compressed', (target) => formatBytes(target.image.sizeBytes)],
];
