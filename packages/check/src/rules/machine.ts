import type { Platform } from '@catamaran/oci';
import type { Rule } from './rule.ts';

/** The file is for the CPU of the image's platform. */
export function machineRule(platform: Platform): Rule {
  const id = 'machine';
  return {
    id,
    check(file) {
      if (file.machine === platform.architecture) return [];
      const message = `is for ${file.machine}, the image is for ${platform.architecture}`;
      return [{ rule: id, level: 'error', path: `/${file.path}`, message }];
    },
  };
}
