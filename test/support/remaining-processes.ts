import { globSync, readFileSync } from 'node:fs';

/** Command lines of processes that are in a container of process `pid`'s, or have `mark`, "NAME=value", in their environment. */
export function remainingProcesses(pid: number, mark: string): string[] {
  return globSync('/proc/[0-9]*').flatMap((process) => {
    const belongs =
      read(process, 'cgroup').includes(`catamaran-${pid}-`) ||
      read(process, 'environ').split('\0').includes(mark);
    return belongs ? [`${process} ${read(process, 'cmdline').replaceAll('\0', ' ')}`] : [];
  });
}

/** Empty when the process has ended meanwhile. */
function read(process: string, name: string): string {
  try {
    return readFileSync(`${process}/${name}`, 'utf8');
  } catch {
    return '';
  }
}
