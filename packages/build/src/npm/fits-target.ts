import satisfies from 'semver/functions/satisfies.js';
import { npmCpu, type Target } from '../target/target.ts';
import type { LockedPackage } from './locked-package.ts';

/** npm's own rule. https://docs.npmjs.com/cli/v11/configuring-npm/package-json#os */
export function fitsTarget(locked: LockedPackage, target: Target): boolean {
  return (
    allows(locked.os, target.platform.os) &&
    allows(locked.cpu, npmCpu(target)) &&
    allows(locked.libc, target.libc)
  );
}

/**
 * npm leaves out an optional package that does not want the Node.js that is there: here, the image's. What development
 * cannot do without is not optional to it.
 */
export function fitsEngine({ engines, optional }: LockedPackage, { nodeVersion }: Target): boolean {
  const wanted = engines?.node;
  return (
    !optional ||
    typeof wanted !== 'string' ||
    wanted === '' ||
    satisfies(nodeVersion, wanted, { includePrerelease: true })
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
