import { readFileSync } from 'node:fs';
import { processesInContainersOf } from './processes.ts';

/** The one process of the one container that this process runs. */
export interface ContainedProcess {
  readonly pid: number;
  readonly commandLine: string;
  /** "65532" where all of its user and group ids are that. */
  readonly ids: string;
  readonly rootIsReadOnly: boolean;
}

/** @throws when there is none, or more than one */
export function containedProcess(): ContainedProcess {
  const [first, ...others] = processesInContainersOf(process.pid);
  if (!first || others.length > 0) throw new Error(`There are ${others.length + (first ? 1 : 0)} processes.`);
  const { pid, commandLine } = first;
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const ids = new Set([...status.matchAll(/^[UG]id:\t(.*)$/gm)].flatMap(([, list = '']) => list.split('\t')));
  // "the mount point, relative to the process's root; per-mount options", proc_pid_mountinfo(5).
  const mounts = readFileSync(`/proc/${pid}/mountinfo`, 'utf8');
  return {
    pid,
    commandLine,
    ids: [...ids].join(' '),
    rootIsReadOnly: /^\d+ \d+ \S+ \S+ \/ ro\b/m.test(mounts),
  };
}
