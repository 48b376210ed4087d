import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { type Context, formatPlatform } from '@catamaran/oci';
import { resourceMeter } from '../cgroup/resource-meter.ts';
import { runErrors } from '../errors.ts';
import type { RunOptions } from '../host.ts';
import { formatExit, type ResourceSample } from '../service.ts';
import type { ContainerProcess } from './container-process.ts';
import { type Bundle, runcErrors } from './runc.ts';

export interface Running {
  /** The container's first process, by its number on the host. */
  readonly pid: number;
  /** Monotonic. */
  readonly startedAtMs: number;
  /** Samples its control group. */
  readonly sample: () => Promise<ResourceSample>;
}

const pollMs = 5;
/** What cannot be executed at all ends within this time after runc has let go of it. */
const settleMs = 100;
/** runc needs some time to clear up before it reports the end of a process that is already gone. */
const goneMs = 5000;

/**
 * Waits for the pid file, which runc writes once it has started the entrypoint, and a moment more.
 * @throws CATA_RUNC_FAILED, CATA_SERVICE_ENDED_AT_ONCE, CATA_CGROUP_NOT_FOUND
 */
export async function requireRunning(
  container: ContainerProcess,
  bundle: Bundle,
  { name, platform }: RunOptions,
  ctx: Context,
): Promise<Running> {
  const { signal } = ctx;
  const started = await untilStarted(container, bundle, ctx);
  if (!started) {
    const reason = (await runcErrors(bundle)) || container.logs().join('\n') || 'it gave no reason';
    throw runErrors.CATA_RUNC_FAILED({ name, reason });
  }
  const meter = resourceMeter(started.pid, ctx.clock);
  const exit = await Promise.race([
    container.ended,
    // Without a control group there is no process any more, and its end is the better explanation.
    meter.then(
      () => delay(settleMs, undefined, { signal, ref: false }),
      () => delay(goneMs, undefined, { signal, ref: false }),
    ),
  ]);
  if (!exit) return { ...started, sample: await meter };
  throw runErrors.CATA_SERVICE_ENDED_AT_ONCE({
    name,
    platform: formatPlatform(platform),
    exit: formatExit(exit),
    log: container.logs().join('\n') || '(it wrote nothing)',
  });
}

async function untilStarted(
  container: ContainerProcess,
  bundle: Bundle,
  ctx: Context,
): Promise<Omit<Running, 'sample'> | undefined> {
  for (;;) {
    // In this order: a pid file that is there when runc has ended must not be missed.
    const last = container.hasEnded();
    const pid = await readFile(bundle.pidFile, 'utf8').catch(() => '');
    if (pid !== '') return { pid: Number(pid), startedAtMs: Number(ctx.clock.monotonicNs()) / 1e6 };
    if (last) return undefined;
    await delay(pollMs, undefined, { signal: ctx.signal });
  }
}
