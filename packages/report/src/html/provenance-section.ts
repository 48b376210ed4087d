import { formatBytes, formatDuration, formatInstant, formatRate } from '../format/figures.ts';
import { describeGenerator, generatorLimits } from '../phrases/generator-phrases.ts';
import { describeLimits, describeMachine, joinWords } from '../phrases/run-phrases.ts';
import type { RunRecord } from '../run-record/run-record.ts';
import type { TargetRecord } from '../run-record/target-record.ts';
import { html, type Markup } from './markup.ts';
import { targetTag } from './target-style.ts';

/** What one needs to repeat the run, or to doubt it. */
export function provenanceSection(record: RunRecord): Markup {
  return html`<section aria-labelledby="provenance">
<h2 id="provenance">How it was measured</h2>
<h3>Load</h3>
${pairs(loadPairs(record))}
<h3>Load generator</h3>
<ul class="key">${record.targets.map((target) => html`<li>${targetTag(target)} ${describeGenerator(target)}.</li>`)}</ul>
<p class="note">${generatorLimits}</p>
<h3>Images</h3>
${pairs([
  [
    'Index',
    html`<code>${record.image.reference}</code> <code>${record.image.digest}</code>, built in ${formatDuration(record.image.buildMs)}`,
  ],
  ...record.targets.map(imagePair),
])}
<h3>Machine and versions</h3>
${pairs(machinePairs(record))}
</section>
`;
}

/** Of what the architecture that ran was read from. */
const checks = { 'elf header': 'ELF header', 'health response': 'health response' } as const;

type Pair = readonly [string, string | Markup];

function pairs(list: readonly Pair[]): Markup {
  return html`<dl class="pairs">${list.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
}

function loadPairs({ load }: RunRecord): Pair[] {
  const phases = load.phases.map(
    (phase) => `${phase.name} ${formatRate(phase.ratePerSecond)}/s for ${formatDuration(phase.durationMs)}`,
  );
  return [
    [
      'Source',
      html`<code>${load.source}</code>${load.environment ? html`, environment <code>${load.environment}</code>` : ''}`,
    ],
    [
      'Phases',
      `${joinWords(phases)}, after a warm-up of ${formatDuration(load.warmupMs)} that is not counted`,
    ],
    ['Arrivals', 'At a constant rate, whether or not earlier requests have been answered (open model)'],
    [
      'Response time',
      'From the intended send time to the last byte, so that no delay is left out (no coordinated omission)',
    ],
    ['Service time', 'From the actual send to the last byte'],
    ['CPU and memory', "From the container's control group; memory is usage less inactive file pages"],
  ];
}

function imagePair(target: TargetRecord): Pair {
  const { architecture, image } = target;
  const confirmed =
    architecture.confirmedBy.length > 0
      ? joinWords(architecture.confirmedBy.map((check) => checks[check]))
      : 'nothing';
  return [
    target.platform,
    html`<code>${image.digest}</code>, ${formatBytes(image.sizeBytes)}; ran as ${architecture.value}, confirmed by ${confirmed}`,
  ];
}

function machinePairs(record: RunRecord): Pair[] {
  const { machine } = record;
  return [
    ['Machine', `${describeMachine(record)}, ${formatBytes(machine.memoryBytes)} of memory`],
    ['Kernel', machine.kernel],
    ['Containers', `${record.host}, each limited to ${describeLimits(record)}`],
    ['Time', `${formatInstant(record.startedAt)} to ${formatInstant(record.finishedAt)}`],
    ['Catamaran', `${record.catamaran}, record schema ${record.schemaVersion}`],
  ];
}
