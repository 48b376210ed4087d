import { emulatorPath } from '../emulation/emulator.ts';

/** https://github.com/opencontainers/runtime-spec/blob/v1.0.2/config.md#mounts */
export interface Mount {
  readonly destination: string;
  readonly type: string;
  readonly source: string;
  readonly options: readonly string[];
}

/** Files of the host that are shown to a container, read-only. */
export interface MountedFiles {
  /** Docker and Fargate make an /etc/hosts too; without one, not even "localhost" has an address. */
  readonly hosts: string;
  /** For the host's network only: in a private one there is no name server to ask. */
  readonly resolvConf: string | undefined;
  readonly emulator: string | undefined;
}

export function mounts(files: MountedFiles): Mount[] {
  return [
    ...systemMounts,
    bind(files.hosts, '/etc/hosts'),
    ...(files.resolvConf ? [bind(files.resolvConf, '/etc/resolv.conf')] : []),
    ...(files.emulator ? [bind(files.emulator, emulatorPath)] : []),
  ];
}

/** runc makes the file that is mounted over, in the unpacked root, before it makes the root read-only. */
function bind(source: string, destination: string): Mount {
  return { destination, type: 'bind', source, options: ['bind', 'ro', 'nosuid', 'nodev'] };
}

const systemMounts: readonly Mount[] = [
  { destination: '/proc', type: 'proc', source: 'proc', options: ['nosuid', 'noexec', 'nodev'] },
  {
    destination: '/dev',
    type: 'tmpfs',
    source: 'tmpfs',
    options: ['nosuid', 'strictatime', 'mode=755', 'size=65536k'],
  },
  {
    destination: '/dev/pts',
    type: 'devpts',
    source: 'devpts',
    options: ['nosuid', 'noexec', 'newinstance', 'ptmxmode=0666', 'mode=0620', 'gid=5'],
  },
  {
    destination: '/dev/shm',
    type: 'tmpfs',
    source: 'shm',
    options: ['nosuid', 'noexec', 'nodev', 'mode=1777', 'size=65536k'],
  },
  { destination: '/dev/mqueue', type: 'mqueue', source: 'mqueue', options: ['nosuid', 'noexec', 'nodev'] },
  { destination: '/sys', type: 'sysfs', source: 'sysfs', options: ['nosuid', 'noexec', 'nodev', 'ro'] },
  // Runtimes size their heap and their thread pools by what they read here, as they do on Fargate.
  {
    destination: '/sys/fs/cgroup',
    type: 'cgroup',
    source: 'cgroup',
    options: ['nosuid', 'noexec', 'nodev', 'relatime', 'ro'],
  },
  { destination: '/tmp', type: 'tmpfs', source: 'tmpfs', options: ['nosuid', 'nodev', 'mode=1777'] },
];
