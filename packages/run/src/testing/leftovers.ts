import { globSync, readdirSync, readFileSync } from 'node:fs';

/** What containers of a process have left on the machine, in a form that a failing test shows well. */
export function leftovers(folder: string, pid: number = process.pid): string[] {
  const mounts = readFileSync('/proc/mounts', 'utf8').split('\n');
  const processes = globSync('/proc/[0-9]*/cmdline').filter((path) => commandLine(path).includes(folder));
  return [
    ...readdirSync(folder),
    ...mounts.filter((line) => line.includes(folder)),
    ...globSync(`/sys/fs/cgroup/{*/,}catamaran-${pid}-*`),
    ...processes.map(commandLine),
  ];
}

function commandLine(path: string): string {
  try {
    return readFileSync(path, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}
