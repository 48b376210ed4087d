import { type Platform, parsePlatform } from '@catamaran/oci';
import type { Libc, Target } from '../src/target/target.ts';

/** A target as most images are. @param platform as in "linux/arm64" */
export function targetOf(platform: Platform | string, libc: Libc = 'glibc'): Target {
  return {
    platform: typeof platform === 'string' ? parsePlatform(platform) : platform,
    libc,
    nodeVersion: '24.21.0',
    nodePath: 'usr/local/bin/node',
  };
}
