import { formatCount, formatInstant } from '../format/figures.ts';
import { answer, describeLimits, elapsed, listPlatforms } from '../phrases/run-phrases.ts';
import type { RunRecord } from '../run-record/run-record.ts';
import { html, type Markup } from './markup.ts';

/** The answer before anything else, and the figures that a reader came for. */
export function headerSection(record: RunRecord): Markup {
  return html`<header><div>
<p class="project"><strong>${record.project}</strong> on ${listPlatforms(record)}, ${formatInstant(record.startedAt)}</p>
<h1>${answer(record)}</h1>
<p class="lead">${lead(record)}</p>
<p class="overline">What list prices alone say</p>
<dl class="facts">${facts(record).map(([value, text]) => html`<div><dt>${text}</dt><dd>${value}</dd></div>`)}</dl>
</div></header>
`;
}

function lead(record: RunRecord): string {
  const requests = record.targets
    .flatMap((target) => target.phases)
    .reduce((sum, phase) => sum + phase.sent, 0);
  return `${formatCount(requests)} requests were sent in ${elapsed(record)}, to targets with ${describeLimits(record)} each. Below: what was measured, why that is no comparison, and how to make one.`;
}

function facts(record: RunRecord): readonly (readonly [string, string])[] {
  const { priceRatio, throughputRatio, slowdownPercent, region } = record.verdict.prices;
  const percent = (value: number) => `${Math.abs(value).toFixed(1)} %`;
  const isCheaper = priceRatio <= 1;
  return [
    [
      `${percent((1 - priceRatio) * 100)} ${isCheaper ? 'less' : 'more'}`,
      `to pay for an hour on arm64 than on amd64, in ${region}`,
    ],
    [
      `${percent(slowdownPercent)} ${isCheaper ? 'more' : 'less'}`,
      `CPU time per request is where arm64 ${isCheaper ? 'stops' : 'starts'} being cheaper`,
    ],
    [percent(throughputRatio * 100), "of amd64's requests per second is what arm64 must serve to be cheaper"],
  ];
}
