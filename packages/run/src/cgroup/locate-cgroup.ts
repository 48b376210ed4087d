import { join, relative } from 'node:path';
import { runErrors } from '../errors.ts';

/** The folders with a process's statistics. In version 1 every controller may have a hierarchy of its own. */
export type CgroupFolders =
  | { readonly version: 1; readonly cpu: string; readonly cpuacct: string; readonly memory: string }
  | { readonly version: 2; readonly unified: string };

interface Hierarchy {
  readonly fileSystem: string;
  readonly root: string;
  readonly mountPoint: string;
  readonly controllers: readonly string[];
}

/**
 * Puts a process's `/proc/<pid>/cgroup` together with this process's `/proc/self/mountinfo`. On a hybrid
 * machine, where version 2 is mounted but has no controllers, the memory controller's line tells.
 * See cgroups(7), "/proc/[pid]/cgroup", and proc(5).
 * @throws CATA_CGROUP_NOT_FOUND
 */
export function locateCgroup(pid: number, cgroups: string, mountInfo: string): CgroupFolders {
  const hierarchies = parseMountInfo(mountInfo);
  const paths = parseCgroups(cgroups);
  const folder = (controller: string) => {
    const hierarchy = hierarchies.find((one) =>
      controller === '' ? one.fileSystem === 'cgroup2' : one.controllers.includes(controller),
    );
    const path = paths.get(controller);
    if (!hierarchy || path === undefined) {
      const reason = `no hierarchy for "${controller || 'version 2'}" is mounted`;
      throw runErrors.CATA_CGROUP_NOT_FOUND({ pid, reason });
    }
    return folderBelow(hierarchy, path, pid);
  };
  return paths.has('memory')
    ? { version: 1, cpu: folder('cpu'), cpuacct: folder('cpuacct'), memory: folder('memory') }
    : { version: 2, unified: folder('') };
}

/** Controller → path; the empty name is version 2. Lines: "4:cpu,cpuacct:/path", "0::/path". */
function parseCgroups(text: string): ReadonlyMap<string, string> {
  const paths = new Map<string, string>();
  for (const line of text.split('\n')) {
    const groups = /^\d+:(?<controllers>[^:]*):(?<path>.*)$/.exec(line)?.groups;
    for (const name of groups?.controllers?.split(',') ?? []) paths.set(name, groups?.path ?? '/');
  }
  return paths;
}

/** Lines: "31 23 0:26 /root /mount/point rw,relatime shared:1 - cgroup cgroup rw,cpu,cpuacct". */
function parseMountInfo(text: string): Hierarchy[] {
  return text.split('\n').flatMap((line) => {
    const [before = '', after = ''] = line.split(' - ');
    const [, , , root = '/', mountPoint = ''] = before.split(' ').map(unescapeOctal);
    const [fileSystem = '', , options = ''] = after.split(' ');
    if (fileSystem !== 'cgroup' && fileSystem !== 'cgroup2') return [];
    return [{ fileSystem, root, mountPoint, controllers: options.split(',') }];
  });
}

/** Space, tab, newline and backslash are written as "\040" and so on. */
function unescapeOctal(text: string): string {
  return text.replace(/\\(\d{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}

/** A container sees only a part of a hierarchy: `root` is where that part begins. */
function folderBelow(hierarchy: Hierarchy, path: string, pid: number): string {
  const below = relative(hierarchy.root, path);
  if (below.startsWith('..')) {
    const reason = `"${path}" lies outside of "${hierarchy.root}", which is mounted at "${hierarchy.mountPoint}"`;
    throw runErrors.CATA_CGROUP_NOT_FOUND({ pid, reason });
  }
  return join(hierarchy.mountPoint, below);
}
