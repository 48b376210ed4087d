import type { RunRecord } from '../run-record/run-record.ts';
import { achievedRate } from './charts/achieved-rate.ts';
import type { Chart } from './charts/chart.ts';
import { drawChart } from './charts/draw-chart.ts';
import { latencyByPercentile } from './charts/latency-by-percentile.ts';
import { percentilesOverTime } from './charts/percentiles-over-time.ts';
import { cpuShareOverTime, memoryOverTime } from './charts/resources-over-time.ts';
import { html, type Markup } from './markup.ts';
import { targetTag } from './target-style.ts';

/** All charts. Importing this loads the charts' library. */
export function chartsSection(record: RunRecord): Markup {
  if (record.targets.length === 0) return html``;
  const charts = [
    ...percentilesOverTime(record),
    ...latencyByPercentile(record),
    achievedRate(record),
    cpuShareOverTime(record),
    memoryOverTime(record),
  ];
  return html`<section aria-labelledby="charts">
<h2 id="charts">The run in charts</h2>
<ul class="key">${record.targets.map((target) => html`<li>${targetTag(target)}</li>`)}</ul>
<div class="charts">${charts.map((chart, index) => figure(chart, `chart${index}`))}</div>
</section>
`;
}

function figure(chart: Chart, id: string): Markup {
  return html`<figure><figcaption>${chart.title}<span>${chart.subtitle}</span></figcaption>${drawChart(chart, id)}</figure>
`;
}
