import { remainingEntries } from './remaining-entries.ts';
import type { LayerRule } from './rule.ts';

const setUid = 0o4000;
const setGid = 0o2000;
const groupExecutes = 0o010;

/** No program gives whoever starts it the rights of another user. inode(7), "The file mode component" */
export const setUidRule: LayerRule = {
  id: 'set-uid',
  check(layer, image) {
    return [...remainingEntries(layer, image, setUid | setGid)].flatMap(
      ({ path, type, mode, uid, gid, target }) => {
        // A second name of a file that is told of under its first.
        const isSecondName = type === 'hardlink' && image.get(target)?.layerIndex === layer.index;
        if ((type !== 'file' && type !== 'hardlink') || isSecondName) return [];
        const who = [
          ...((mode & setUid) !== 0 ? [`user ${nameOf(uid)}`] : []),
          // Without the right to execute, the bit means something else: mandatory locking.
          ...((mode & setGid) !== 0 && (mode & groupExecutes) !== 0 ? [`group ${nameOf(gid)}`] : []),
        ];
        if (who.length === 0) return [];
        const message = `runs as its ${who.join(' and ')}, whoever starts it`;
        return [{ rule: 'set-uid', level: 'warning', path: `/${path}`, message }];
      },
    );
  },
};

function nameOf(id: number): string {
  return id === 0 ? 'root' : String(id);
}
