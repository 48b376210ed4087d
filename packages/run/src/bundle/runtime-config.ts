import type { RunOptions } from '../host.ts';
import { hostName } from './host-name.ts';
import { type MountedFiles, mounts } from './mounts.ts';
import { maskedPaths, readonlyPaths } from './protected-paths.ts';
import type { ProcessUser } from './resolve-user.ts';

export interface RuntimeProcess {
  readonly args: readonly string[];
  readonly env: ReadonlyMap<string, string>;
  readonly cwd: string;
  readonly user: ProcessUser;
  /** Most files that may be open at once. */
  readonly openFiles: number;
}

const periodUs = 100_000;
const noCapabilities = { bounding: [], effective: [], inheritable: [], permitted: [], ambient: [] };

/**
 * The `config.json` of a bundle. https://github.com/opencontainers/runtime-spec/blob/v1.0.2/config.md
 *
 * There is no seccomp profile yet: what runs here is the user's own service, and it has no capabilities.
 */
export function runtimeConfig(
  id: string,
  service: RuntimeProcess,
  files: MountedFiles,
  options: Pick<RunOptions, 'name' | 'limits' | 'network'>,
): unknown {
  return {
    ociVersion: '1.0.2',
    process: {
      terminal: false,
      user: service.user,
      args: service.args,
      env: [...service.env].map(([name, value]) => `${name}=${value}`),
      cwd: service.cwd,
      capabilities: noCapabilities,
      rlimits: [{ type: 'RLIMIT_NOFILE', hard: service.openFiles, soft: service.openFiles }],
      noNewPrivileges: true,
    },
    root: { path: 'rootfs', readonly: true },
    hostname: hostName(options.name),
    mounts: mounts(files),
    linux: linuxPart(id, options),
  };
}

function linuxPart(id: string, { limits, network }: Pick<RunOptions, 'limits' | 'network'>): unknown {
  const memoryBytes = Math.round(limits.memoryMiB * 1024 * 1024);
  const namespaces = ['pid', 'mount', 'ipc', 'uts', 'cgroup', ...(network === 'private' ? ['network'] : [])];
  return {
    // Directly below the root: whoever removes it leaves no empty parent behind.
    cgroupsPath: `/${id}`,
    namespaces: namespaces.map((type) => ({ type })),
    resources: {
      devices: [{ allow: false, access: 'rwm' }],
      cpu: { quota: Math.round(limits.vcpu * periodUs), period: periodUs },
      // The sum of memory and swap, so that there is no swap.
      memory: { limit: memoryBytes, swap: memoryBytes },
      pids: { limit: 4096 },
    },
    // As Docker does where the network is the container's own: port 80 needs no capability there.
    ...(network === 'private' ? { sysctl: { 'net.ipv4.ip_unprivileged_port_start': '0' } } : {}),
    maskedPaths,
    readonlyPaths,
  };
}
