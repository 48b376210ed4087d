import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { ContainerProcess } from './container-process.ts';
import { type Bundle, runRunc } from './runc.ts';

/** How long a service may take over its last requests. */
const graceMs = 5000;
/** How long runc may take to start a container or to clear one away; it takes a tenth of a second. */
const runcMs = 10_000;

/** The number of a signal that asks a service to end, or no asking. */
export type StopManner = { readonly signal: number } | 'at once';

/** Ends a container whatever it is doing: by a signal if asked to, then by force. Returns once runc has ended. */
export async function stopContainer(
  bundle: Bundle,
  container: ContainerProcess,
  manner: StopManner,
): Promise<void> {
  // A container that runc is still making can be neither signalled nor deleted: wait until it is one.
  await within(runcMs, Promise.race([container.ended, untilPidFile(bundle, container)]));
  if (container.hasEnded()) return;
  if (manner !== 'at once' && (await handles(manner.signal, bundle))) {
    await runRunc(bundle, 'kill', bundle.id, String(manner.signal));
    if (await within(graceMs, container.ended)) return;
  }
  await runRunc(bundle, 'kill', bundle.id, 'KILL');
  if (await within(runcMs, container.ended)) return;
  if (container.pid) killGroup(container.pid);
  await within(runcMs, container.ended);
}

/**
 * The first process of a PID namespace never sees a signal that it has no handler for, SIGKILL excepted
 * (pid_namespaces(7)). Waiting for one that cannot hear is no courtesy.
 */
async function handles(signal: number, bundle: Bundle): Promise<boolean> {
  const pid = await readFile(bundle.pidFile, 'utf8').catch(() => '');
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const caught = BigInt(`0x${/^SigCgt:\s*([0-9a-f]+)/m.exec(status)?.[1] ?? '0'}`);
  return (caught & (1n << BigInt(signal - 1))) !== 0n;
}

async function untilPidFile(bundle: Bundle, container: ContainerProcess): Promise<void> {
  while (!container.hasEnded() && (await readFile(bundle.pidFile, 'utf8').catch(() => '')) === '')
    await delay(5);
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** True when `promise` resolves in time. */
async function within(timeoutMs: number, promise: Promise<unknown>): Promise<boolean> {
  const timer = new AbortController();
  try {
    return await Promise.race([promise.then(() => true), delay(timeoutMs, false, { signal: timer.signal })]);
  } finally {
    timer.abort();
  }
}
