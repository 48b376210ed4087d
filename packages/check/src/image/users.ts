import type { CheckedImage } from '../rules/rule.ts';

/** Whose rights count when a file is opened. */
export interface ImageUser {
  readonly uid: number;
  readonly gids: readonly number[];
}

/**
 * What an image's `User` comes to: `user`, `uid`, `user:group`, `uid:gid` and the mixtures, names being looked up in
 * the image as engines do. Undefined where it has no such user or group, and so cannot be started.
 */
export function findUser(user: string, image: Pick<CheckedImage, 'text'>): ImageUser | undefined {
  const [userPart = '', groupPart = ''] = user.split(':');
  const groups = readTable(image.text('etc/group'));
  const account = findRow(readTable(image.text('etc/passwd')), userPart || '0');
  const uid = idOf(account?.[2] ?? (userPart || '0'));
  const gid = groupPart ? idOf(findRow(groups, groupPart)?.[2] ?? groupPart) : Number(account?.[3] ?? 0);
  if (uid === undefined || gid === undefined) return undefined;
  if (groupPart) return { uid, gids: [gid] };
  const memberships = groups.filter((row) => account?.[0] && row[3]?.split(',').includes(account[0]));
  return { uid, gids: [gid, ...memberships.map((row) => Number(row[2]))] };
}

/** A row by its name, or else by its number. passwd(5), group(5) */
function findRow(table: readonly string[][], nameOrId: string): string[] | undefined {
  return table.find((row) => row[0] === nameOrId) ?? table.find((row) => row[2] === nameOrId);
}

function readTable(text = ''): string[][] {
  return text.split('\n').map((line) => line.split(':'));
}

function idOf(text: string): number | undefined {
  return /^\d+$/.test(text) ? Number(text) : undefined;
}
