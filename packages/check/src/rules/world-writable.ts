import { remainingEntries } from './remaining-entries.ts';
import type { LayerRule } from './rule.ts';

const othersWrite = 0o002;
const sticky = 0o1000;

/** Nobody may change what is not theirs. inode(7) */
export const worldWritableRule: LayerRule = {
  id: 'world-writable',
  check(layer, image) {
    return [...remainingEntries(layer, image, othersWrite)].flatMap(({ path, type, mode }) => {
      if ((mode & othersWrite) === 0) return [];
      const isOpenFolder = type === 'directory' && (mode & sticky) === 0;
      if (type !== 'file' && !isOpenFolder) return [];
      const bits = mode.toString(8).padStart(4, '0');
      const message = isOpenFolder
        ? `is a folder in which every user may replace what others have (mode ${bits})`
        : `may be written to by every user (mode ${bits})`;
      return [{ rule: 'world-writable', level: 'warning', path: `/${path}`, message }];
    });
  },
};
