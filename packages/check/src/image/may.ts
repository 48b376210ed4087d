import type { PlacedEntry } from '@catamaran/oci';
import type { ImageUser } from './users.ts';

/** Whether a user may execute a file, or enter a folder. path_resolution(7), "Permissions" */
export function mayExecute({ mode, uid, gid }: PlacedEntry, user: ImageUser): boolean {
  // Root may enter any folder, and execute what anybody may.
  if (user.uid === 0) return (mode & 0o111) !== 0;
  if (user.uid === uid) return (mode & 0o100) !== 0;
  return (mode & (user.gids.includes(gid) ? 0o010 : 0o001)) !== 0;
}
