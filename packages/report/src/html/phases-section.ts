import { formatCount, formatDuration, formatMs, formatRate } from '../format/figures.ts';
import { countFailed, describeFailures } from '../phrases/failures.ts';
import { type PhaseRow, phaseRows } from '../phrases/phase-rows.ts';
import { neededBeyond, restsOnFew } from '../phrases/support.ts';
import type { RunRecord } from '../run-record/run-record.ts';
import { html, type Markup } from './markup.ts';
import { targetTag } from './target-style.ts';

/** Every phase, its targets under one another. */
export function phasesSection(record: RunRecord): Markup {
  const rows = phaseRows(record);
  const failures = rows.filter(({ phase }) => describeFailures(phase) !== '');
  return html`<section aria-labelledby="phases">
<h2 id="phases">Response time by phase</h2>
<p>In milliseconds, from the time at which a request was to be sent until its last byte arrived, so that a request that had to wait for its turn counts as slow. Service time, from the actual send on, is beside it.</p>
<div class="scroll" role="region" aria-label="Response time by phase" tabindex="0"><table class="phases">
<thead><tr><th scope="col" class="left">Phase</th><th scope="col" class="left">Target</th>${titles.map(
    (title) => html`<th scope="col">${title}</th>`,
  )}</tr></thead>
<tbody>${rows.map((row) => phaseRow(row, rows))}</tbody>
</table></div>
${rows.some((row) => times(row).some((time) => time.endsWith(fewMark))) && fewNote}
${failures.length > 0 && failureList(failures)}
</section>
`;
}

const fewMark = '*';
const fewNote = html`<p class="note">${fewMark} Fewer than ${neededBeyond} responses were slower than this figure: another run will give another one.</p>`;

const titles = ['Requests', 'Rate per s', 'p50', 'p95', 'p99', 'Max', 'Service p50', 'Service p99', 'Failed'];

function phaseRow(row: PhaseRow, rows: readonly PhaseRow[]): Markup {
  const { target, phase } = row;
  const span = rows.filter((other) => other.index === row.index).length;
  const failed = countFailed(phase);
  const rate = `${formatRate(phase.achievedRatePerSecond)} of ${formatRate(phase.ratePerSecond)}`;
  return html`<tr class="${target.emulated ? 'emulated' : 'native'}">${
    row.isFirst &&
    html`<th scope="rowgroup" class="phase" rowspan="${span}">${phase.name}<br><span class="note">${formatDuration(phase.durationMs)}</span></th>`
  }<th scope="row">${targetTag(target, 'emulated')}</th><td>${formatCount(phase.sent)}</td><td>${rate}</td>${times(
    row,
  ).map(
    (time) => html`<td>${time}</td>`,
  )}<td${failed > 0 && html` class="failed"`}>${formatCount(failed)}</td></tr>
`;
}

function times({ phase, target }: PhaseRow): string[] {
  const { responseTime, serviceTime } = phase;
  if (responseTime.count === 0) return ['–', '–', '–', '–', '–', '–'];
  const mark = (percentile: number) =>
    !target.emulated && restsOnFew(responseTime.count, percentile) ? fewMark : '';
  return [
    formatMs(responseTime.p50Us) + mark(50),
    formatMs(responseTime.p95Us) + mark(95),
    formatMs(responseTime.p99Us) + mark(99),
    formatMs(responseTime.maxUs),
    formatMs(serviceTime.p50Us) + mark(50),
    formatMs(serviceTime.p99Us) + mark(99),
  ];
}

function failureList(rows: readonly PhaseRow[]): Markup {
  return html`<h3>What failed</h3><ul>${rows.map(
    ({ target, phase }) => html`<li>${target.platform}, ${phase.name}: ${describeFailures(phase)}</li>`,
  )}</ul>`;
}
