import { resolve } from 'node:path';
import type { DebianBaseConfig } from '../../project/debian-base-schema.ts';
import type { DebianBaseOptions } from './debian-base.ts';
import { hostSources } from './host-sources.ts';
import type { DebianUser } from './system-files.ts';

/** A configuration's Debian with paths from the project's folder, and this machine's sources where it names none. */
export function debianOptions(
  { suite, packages, sources, files, user, timezone }: DebianBaseConfig,
  folder: string,
  sourceDateEpoch: number,
): DebianBaseOptions {
  const configured = sources?.map(({ signedBy, ...source }) => ({
    ...source,
    uri: source.uri.replace(/\/+$/, ''),
    signedBy: [signedBy.includes('-----BEGIN') ? signedBy : resolve(folder, signedBy)],
  }));
  return {
    suite,
    packages: [...new Set([...packages, ...(timezone === false ? [] : ['tzdata'])])].sort(),
    sources: async () => configured ?? hostSources(suite),
    files: files.map(({ from, to, mode }) => ({ from: resolve(folder, from), to, mode: modeOf(mode) })),
    user: userOf(user),
    zone: timezone === true ? 'Etc/UTC' : timezone || undefined,
    setsTz: typeof timezone === 'string',
    sourceDateEpoch,
  };
}

function modeOf(mode: string | number | undefined): number | undefined {
  return typeof mode === 'string' ? Number.parseInt(mode, 8) : mode;
}

/** A number alone has a name as well: programs that look themselves up in /etc/passwd fail without. */
function userOf(user: DebianBaseConfig['user']): DebianUser {
  if (typeof user === 'object') return user;
  const known: Readonly<Record<number, string>> = { 0: 'root', 65532: 'nonroot', 65534: 'nobody' };
  return { id: user, name: known[user] ?? 'app' };
}
