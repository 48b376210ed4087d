import { isLoadable } from '../loader/fits-image.ts';
import type { Rule } from './rule.ts';

/** The program loader that the file names is in the image. Without it the kernel says "No such file or directory". */
export const interpreterRule: Rule = {
  id: 'interpreter',
  check(file, image) {
    if (!file.interpreter || !isLoadable(file, image)) return [];
    if (image.resolve(file.interpreter)?.type === 'file') return [];
    const message = `needs the loader ${file.interpreter}, which is not in the image`;
    return [{ rule: 'interpreter', level: 'error', path: `/${file.path}`, message }];
  },
};
