import type { Architecture } from '@catamaran/oci';
import { runErrors } from '../errors.ts';
import type { RunOptions } from '../host.ts';
import type { Service } from '../service.ts';
import type { ContainerProcess } from './container-process.ts';
import { endContainer } from './end-container.ts';
import type { Running } from './require-running.ts';
import type { Bundle } from './runc.ts';

interface ServiceFacts extends Running {
  readonly machine: Architecture;
  readonly emulated: boolean;
  /** What the image asks for, by its number. */
  readonly stopSignal: number;
}

/** What others see of a container that runs. */
export function runningService(
  bundle: Bundle,
  container: ContainerProcess,
  options: RunOptions,
  { pid, startedAtMs, sample, machine, emulated, stopSignal }: ServiceFacts,
): Service & AsyncDisposable {
  let disposal: Promise<void> | undefined;
  return {
    platform: options.platform,
    emulated,
    url: `http://127.0.0.1:${options.port}`,
    enter: options.network === 'private' ? ['nsenter', `--net=/proc/${pid}/ns/net`, '--'] : [],
    machine,
    startedAtMs,
    stats: () =>
      sample().catch((cause: Error) => {
        throw runErrors.CATA_STATS_UNREADABLE({ name: options.name, reason: cause.message }, { cause });
      }),
    logs: container.logs,
    exited: container.ended,
    [Symbol.asyncDispose]: () => {
      disposal ??= endContainer(bundle, container, { signal: stopSignal });
      return disposal;
    },
  };
}
