import type { Rule } from './rule.ts';

/** The file is for the CPU of the image's platform. */
export const machineRule: Rule = {
  id: 'machine',
  check(file, { platform }) {
    if (file.machine === platform.architecture) return [];
    const message = `is for ${file.machine}, the image is for ${platform.architecture}`;
    return [{ rule: 'machine', level: 'error', path: `/${file.path}`, message }];
  },
};
