import { formatDuration, formatSignificant } from '../format/figures.ts';
import type { RunRecord } from '../run-record/run-record.ts';
import type { TargetRecord } from '../run-record/target-record.ts';

/** How an emulated target is called wherever one is shown. */
export const emulatedWords = 'emulated — functional check only';

export function describeRun(target: TargetRecord): string {
  return target.emulated ? emulatedWords : 'native';
}

/** "linux/amd64 and linux/arm64" */
export function listPlatforms(record: RunRecord): string {
  return joinWords(record.targets.map((target) => target.platform)) || 'no targets';
}

/** "0.5 vCPU and 1 GiB" */
export function describeLimits({ limits }: RunRecord): string {
  const memory =
    limits.memoryMiB < 1024 ? `${limits.memoryMiB} MiB` : `${formatSize(limits.memoryMiB / 1024)} GiB`;
  return `${limits.vcpu} vCPU and ${memory}`;
}

export function elapsed(record: RunRecord): string {
  return formatDuration(Date.parse(record.finishedAt) - Date.parse(record.startedAt));
}

/** "Intel Xeon, 2 CPUs, amd64" */
export function describeMachine({ machine }: RunRecord): string {
  return `${machine.cpuModel}, ${machine.cpus} ${machine.cpus === 1 ? 'CPU' : 'CPUs'}, ${machine.architecture}`;
}

/** The verdict in one sentence, before its reasons. */
export function answer(record: RunRecord): string {
  const [main] = record.verdict.reasons;
  const text: Record<NonNullable<typeof main>['code'], string> = {
    emulated: `${main?.platform ?? 'a target'} ran under emulation`,
    'generator-bound': 'the load generator did not keep its schedule',
    errors: 'too many requests failed',
    'single-target': 'there were not two targets to compare',
    'not-paired': 'its targets were not measured in pairs',
  };
  return `This run cannot say which CPU to pay for${main ? `: ${text[main.code]}` : ''}.`;
}

export function joinWords(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

function formatSize(value: number): string {
  return Number.isInteger(value) ? String(value) : formatSignificant(value);
}
