import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';

export interface FoundProcess {
  readonly pid: number;
  readonly commandLine: string;
}

/** Processes in containers that process `owner` has started, by the names of their control groups. */
export function processesInContainersOf(owner: number): FoundProcess[] {
  return processesWhere((folder) => read(folder, 'cgroup').includes(`/catamaran-${owner}-`));
}

/** Processes that were given "NAME=value" in their environment, or have inherited it. */
export function processesWithVariable(nameAndValue: string): FoundProcess[] {
  return processesWhere((folder) => read(folder, 'environ').split('\0').includes(nameAndValue));
}

function processesWhere(belongs: (folder: string) => boolean): FoundProcess[] {
  return globSync('/proc/[0-9]*').flatMap((folder) =>
    belongs(folder)
      ? [
          {
            pid: Number(basename(folder)),
            commandLine: read(folder, 'cmdline').replaceAll('\0', ' ').trimEnd(),
          },
        ]
      : [],
  );
}

/** Empty when the process has ended meanwhile. */
function read(folder: string, name: string): string {
  try {
    return readFileSync(`${folder}/${name}`, 'utf8');
  } catch {
    return '';
  }
}
