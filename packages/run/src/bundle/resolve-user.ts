import { runErrors } from '../errors.ts';
import { type Root, readRootFile } from './read-root-file.ts';

/** https://github.com/opencontainers/runtime-spec/blob/v1.0.2/config.md#posix-platform-user */
export interface ProcessUser {
  readonly uid: number;
  readonly gid: number;
  readonly additionalGids: readonly number[];
}

const limitBytes = 1024 * 1024;

/**
 * Reads an image's `User`: `user`, `uid`, `user:group`, `uid:gid` and the mixtures. Names are looked up in the
 * image. As in Docker, a user without a group gets the one in /etc/passwd and those that /etc/group adds.
 * @throws CATA_USER_UNKNOWN
 */
export async function resolveUser(user: string, root: Root): Promise<ProcessUser> {
  const [userPart = '', groupPart] = user.split(':');
  const passwd = await readTable(root, 'etc/passwd');
  const groups = await readTable(root, 'etc/group');
  const account = findRow(passwd, userPart || '0');
  const uid = Number(account?.[2] ?? (userPart || '0'));
  if (Number.isNaN(uid)) throw runErrors.CATA_USER_UNKNOWN({ user, file: 'etc/passwd', name: userPart });

  if (groupPart) {
    const gid = Number(findRow(groups, groupPart)?.[2] ?? groupPart);
    if (Number.isNaN(gid)) throw runErrors.CATA_USER_UNKNOWN({ user, file: 'etc/group', name: groupPart });
    return { uid, gid, additionalGids: [] };
  }
  const gid = Number(account?.[3] ?? 0);
  const memberships = groups.filter((row) => account?.[0] && row[3]?.split(',').includes(account[0]));
  return { uid, gid, additionalGids: memberships.map((row) => Number(row[2])).filter((id) => id !== gid) };
}

/** A row by its name, or else by its number. passwd(5), group(5) */
function findRow(table: readonly string[][], nameOrId: string): string[] | undefined {
  return table.find((row) => row[0] === nameOrId) ?? table.find((row) => row[2] === nameOrId);
}

async function readTable(root: Root, path: string): Promise<string[][]> {
  const bytes = await readRootFile(root, path, limitBytes);
  const lines = new TextDecoder().decode(bytes).split('\n');
  return lines.map((line) => line.split(':')).filter((row) => row.length >= 3);
}
