import { type Libc, npmCpu, type Target } from '../target/target.ts';

/** The platform that a package is for, as far as its name tells; of a package that is not there, nothing else does. */
interface NamedPlatform {
  readonly os: 'linux' | 'other' | undefined;
  readonly cpu: 'x64' | 'arm64' | 'other' | undefined;
  readonly libc: Libc | undefined;
}

interface PlatformFields {
  readonly os?: readonly string[] | undefined;
  readonly libc?: readonly string[] | undefined;
}

const otherSystems =
  /^(darwin|macos|osx|win32|win|windows|android|\w+bsd|sunos|aix|openharmony|ohos|wasi|browser)$/;
const otherCpus =
  /^(arm|armv?\d\w*|armhf|ia32|x86|i?[36]86|32|ppc64\w*|s390x?|riscv\d*|loong\w*|mips\w*|wasm\d*|universal)$/;
const cpus: Readonly<Record<string, 'x64' | 'arm64'>> = {
  x64: 'x64',
  amd64: 'x64',
  arm64: 'arm64',
  aarch64: 'arm64',
};
const libcs: Readonly<Record<string, Libc>> = { gnu: 'glibc', glibc: 'glibc', musl: 'musl' };

function namedPlatform(name: string): NamedPlatform {
  const words = name
    .toLowerCase()
    // As in "linuxmusl", "x86_64" and "turbo-linux-64".
    .replace('linuxmusl', 'linux-musl')
    .replace(/x86_64|(?<=(linux|darwin|windows)-)64$/, 'x64')
    .split(/[^a-z0-9]+/);
  const isOf = (pattern: RegExp) => words.some((word) => pattern.test(word));
  const cpu = words.map((word) => cpus[word]).find((found) => found !== undefined);
  return {
    os: words.includes('linux') ? 'linux' : isOf(otherSystems) ? 'other' : undefined,
    cpu: cpu ?? (isOf(otherCpus) ? 'other' : undefined),
    libc: words.map((word) => libcs[word]).find((found) => found !== undefined),
  };
}

/**
 * Those of one package's platform packages whose names say that they are a target's. One that names no C library is
 * for all of them, unless there is another for the target's.
 */
export function namedFor(names: readonly string[], target: Target): string[] {
  const fitting = names.filter((name) => {
    const { os, cpu } = namedPlatform(name);
    return os === 'linux' && cpu === npmCpu(target);
  });
  const exact = fitting.filter((name) => namedPlatform(name).libc === target.libc);
  return exact.length > 0 ? exact : fitting.filter((name) => namedPlatform(name).libc === undefined);
}

/** True unless the name says that the package is for something else. */
export function mayBeFor(name: string, target: Target): boolean {
  const { os, cpu, libc } = namedPlatform(name);
  return (
    os !== 'other' &&
    (cpu === undefined || cpu === npmCpu(target)) &&
    (libc === undefined || libc === target.libc)
  );
}

/** True when only the name of a package for Linux says which C library it is for, and that is not the target's. */
export function isForOtherLibc(
  name: string,
  { os, libc: declared }: PlatformFields,
  target: Target,
): boolean {
  const { libc } = namedPlatform(name);
  const isSilent = os?.includes('linux') === true && !declared?.length;
  return isSilent && libc !== undefined && libc !== target.libc;
}
