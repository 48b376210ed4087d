import { setTimeout as delay } from 'node:timers/promises';

/** How long what is asked to end may take over it. */
const graceMs = 3000;
/** What was killed is gone as soon as the kernel comes round to it; nobody may be there to bury it. */
const killMs = 1000;
const askAgainMs = 20;

/** Ends every process of a group: asks first, then kills. */
export async function stopGroup(group: number): Promise<void> {
  if (!signalGroup(group, 'SIGTERM') || (await isGone(group, graceMs))) return;
  if (signalGroup(group, 'SIGKILL')) await isGone(group, killMs);
}

async function isGone(group: number, withinMs: number): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < withinMs; waitedMs += askAgainMs) {
    if (!signalGroup(group, 0)) return true;
    await delay(askAgainMs);
  }
  return false;
}

/** False where there is no such group any more. */
function signalGroup(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-group, signal);
    return true;
  } catch {
    return false;
  }
}
