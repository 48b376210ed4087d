import type { Platform } from '@catamaran/oci';
import type { LockedPackage } from './lockfile.ts';

const npmCpu: Readonly<Record<Platform['architecture'], string>> = { amd64: 'x64', arm64: 'arm64' };
/** Every base so far is Debian's, which has glibc. */
const npmLibc = 'glibc';

/** npm's own rule. https://docs.npmjs.com/cli/v11/configuring-npm/package-json#os */
export function fitsPlatform(locked: LockedPackage, platform: Platform): boolean {
  return (
    allows(locked.os, platform.os) &&
    allows(locked.cpu, npmCpu[platform.architecture]) &&
    allows(locked.libc, npmLibc)
  );
}

/** True when the package names the platforms that it is for: most of what does holds native code. */
export function isPlatformSpecific(locked: LockedPackage): boolean {
  return Boolean(locked.os?.length || locked.cpu?.length || locked.libc?.length);
}

function allows(list: readonly string[] | undefined, value: string): boolean {
  if (!list || list.length === 0 || (list.length === 1 && list[0] === 'any')) return true;
  if (list.includes(`!${value}`)) return false;
  const wanted = list.filter((entry) => !entry.startsWith('!'));
  return wanted.length === 0 || wanted.includes(value);
}
