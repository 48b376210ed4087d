import { fitsMachine } from '../loader/fits-image.ts';
import type { Rule } from './rule.ts';

/** The file is for the CPU of the image's platform. What runs on no CPU, or is no program, is for none. */
export const machineRule: Rule = {
  id: 'machine',
  check(file, image) {
    if (fitsMachine(file, image)) return [];
    const message = `is for ${file.machine}, the image is for ${image.platform.architecture}`;
    return [{ rule: 'machine', level: 'error', path: `/${file.path}`, message }];
  },
};
