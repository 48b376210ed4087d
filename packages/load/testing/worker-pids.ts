import { readdirSync, readFileSync } from 'node:fs';

/** The generator processes that have this parent. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
export function workerPids(parentPid: number = process.pid): readonly number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && processStat(pid)?.parentPid === parentPid)
    .filter((pid) => readOrNothing(`/proc/${pid}/cmdline`).includes('/worker/main.'));
}

/** Undefined when there is no such process, or when it is dead and only waits to be collected. */
export function processStat(pid: number) {
  const stat = readOrNothing(`/proc/${pid}/stat`);
  const [state, parentPid, groupId] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (!state || state === 'Z' || state === 'X') return undefined;
  return { parentPid: Number(parentPid), groupId: Number(groupId) };
}

function readOrNothing(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
