import { readFile } from 'node:fs/promises';

interface Owner {
  readonly uid?: number;
  readonly gid?: number;
}

/** Who runs PostgreSQL, which refuses to be root: whoever runs the tests, or Debian's user for it. */
export async function postgresOwner(): Promise<Owner> {
  if (process.getuid?.() !== 0) return {};
  const users = await readFile('/etc/passwd', 'utf8');
  const [, uid, gid] =
    /^postgres:[^:]*:(\d+):(\d+):/m.exec(users) ?? /^nobody:[^:]*:(\d+):(\d+):/m.exec(users) ?? [];
  if (!uid || !gid) throw new Error('There is neither a user "postgres" nor "nobody" to run PostgreSQL as.');
  return { uid: Number(uid), gid: Number(gid) };
}
