import { answer } from '../phrases/run-phrases.ts';
import type { RunRecord } from '../run-record/run-record.ts';
import { html, type Markup } from './markup.ts';

/** Why there is no comparison, what would make one possible, and what can be said all the same. */
export function verdictSection(record: RunRecord): Markup {
  const { prices } = record;
  const { reasons, remedies, prices: costs } = record.verdict;
  return html`<section aria-labelledby="verdict">
<h2 id="verdict">Verdict</h2>
<div class="verdict">
<h3>${answer(record)}</h3>
<ul>${reasons.map((reason) => html`<li>${reason.text}</li>`)}</ul>
<h3>What would make a comparison possible</h3>
<ul>${remedies.map((remedy) => html`<li>${remedy}</li>`)}</ul>
<h3>What can be said without measuring</h3>
<p>${costs.text}</p>
</div>
<p class="note">Prices: ${prices.source}, ${prices.region}, as of ${prices.asOf}. Per hour amd64 costs $${prices.amd64.vcpuHour} a vCPU and $${prices.amd64.gbHour} a GB; arm64 $${prices.arm64.vcpuHour} and $${prices.arm64.gbHour}.</p>
</section>
`;
}
