import type { Libc } from '../target/target.ts';

/** What a path says about which platform a file is for, as in "prebuilds/linuxmusl-arm64/addon.node". */
export interface PathWords {
  /** "linux", "darwin", "win32", "android" …: Node's words. */
  readonly os?: string;
  /** GOARCH names, as in an image's platform. More than one in "darwin-x64+arm64". */
  readonly cpus: readonly string[];
  readonly libc?: Libc;
  /** The path without those words: the same for what differs by nothing else. Undefined where there are none. */
  readonly stem?: string;
}

interface Word {
  readonly os?: string;
  readonly cpu?: string;
  readonly libc?: Libc;
}

const words: Readonly<Record<string, Word>> = {
  linux: { os: 'linux' },
  linux32: { os: 'linux', cpu: '386' },
  linux64: { os: 'linux', cpu: 'amd64' },
  linuxglibc: { os: 'linux', libc: 'glibc' },
  linuxmusl: { os: 'linux', libc: 'musl' },
  alpine: { os: 'linux', libc: 'musl' },
  android: { os: 'android' },
  darwin: { os: 'darwin' },
  macos: { os: 'darwin' },
  osx: { os: 'darwin' },
  mac: { os: 'darwin' },
  ios: { os: 'ios' },
  win: { os: 'win32' },
  win10: { os: 'win32' },
  win32: { os: 'win32' },
  win64: { os: 'win32', cpu: 'amd64' },
  windows: { os: 'win32' },
  freebsd: { os: 'freebsd' },
  netbsd: { os: 'netbsd' },
  openbsd: { os: 'openbsd' },
  openharmony: { os: 'openharmony' },
  sunos: { os: 'sunos' },
  aix: { os: 'aix' },
  x64: { cpu: 'amd64' },
  amd64: { cpu: 'amd64' },
  'x86-64': { cpu: 'amd64' },
  x86_64: { cpu: 'amd64' },
  arm64: { cpu: 'arm64' },
  aarch64: { cpu: 'arm64' },
  armv8: { cpu: 'arm64' },
  ia32: { cpu: '386' },
  x86: { cpu: '386' },
  i386: { cpu: '386' },
  i686: { cpu: '386' },
  arm: { cpu: 'arm' },
  armhf: { cpu: 'arm' },
  armv6: { cpu: 'arm' },
  armv6l: { cpu: 'arm' },
  armv7: { cpu: 'arm' },
  armv7l: { cpu: 'arm' },
  gnueabihf: { cpu: 'arm', libc: 'glibc' },
  musleabihf: { cpu: 'arm', libc: 'musl' },
  loong64: { cpu: 'loong64' },
  ppc64: { cpu: 'ppc64' },
  ppc64le: { cpu: 'ppc64le' },
  riscv64: { cpu: 'riscv64' },
  s390x: { cpu: 's390x' },
  glibc: { libc: 'glibc' },
  gnu: { libc: 'glibc' },
  musl: { libc: 'musl' },
};

/** The longest first, so that "x86_64" is not read as "x86". What stands before a word goes with it. */
const pattern = new RegExp(
  `(?:^|[^A-Za-z0-9])(${Object.keys(words)
    .sort((a, b) => b.length - a.length)
    .join('|')})(?![A-Za-z0-9])`,
  'gi',
);

export function pathWords(path: string): PathWords {
  const found: Word[] = [];
  const stem = path.replace(pattern, (_, word: string) => {
    found.push(words[word.toLowerCase()] ?? {});
    return '';
  });
  const os = found.find((word) => word.os)?.os;
  const libc = found.find((word) => word.libc)?.libc;
  return {
    ...(os ? { os } : {}),
    ...(libc ? { libc } : {}),
    cpus: found.flatMap(({ cpu }) => cpu ?? []),
    ...(found.length > 0 ? { stem } : {}),
  };
}
