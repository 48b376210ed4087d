import { messageOf } from '@catamaran/oci';
import { buildErrors } from '../errors.ts';
import type { LockedPackage } from './locked-package.ts';
import { parseJson } from './parse-json.ts';

/**
 * The entries of a lockfile, by location.
 * @param path of the lockfile, for errors
 * @throws CATA_JSON_INVALID, CATA_LOCKFILE_VERSION
 */
export function parseLockfile(text: string, path: string): ReadonlyMap<string, LockedPackage> {
  const json = parseJson(text, path);
  const { lockfileVersion, packages } = isObject(json) ? json : {};
  if (lockfileVersion !== 2 && lockfileVersion !== 3)
    throw buildErrors.CATA_LOCKFILE_VERSION({ path, version: String(lockfileVersion) });
  try {
    if (!isObject(packages)) throw new Error('"packages" is no object');
    return new Map(
      Object.entries(packages).map(([location, entry]) => [location, parseEntry(location, entry)]),
    );
  } catch (cause) {
    throw buildErrors.CATA_JSON_INVALID({ path, reason: messageOf(cause) }, { cause });
  }
}

const texts = ['name', 'version', 'resolved', 'integrity'];
const objects = [
  'dependencies',
  'devDependencies',
  'optionalDependencies',
  'peerDependencies',
  'peerDependenciesMeta',
];
const lists = ['os', 'cpu', 'libc'];

/** By hand: a schema takes ten times as long for the thousands of entries of a large project. */
function parseEntry(location: string, entry: unknown): LockedPackage {
  const wrong = (what: string) => new Error(`packages["${location}"]${what}`);
  if (!isObject(entry)) throw wrong(' is no object');
  for (const key of texts) {
    const value = entry[key];
    if (value !== undefined && typeof value !== 'string') throw wrong(`.${key} is no text`);
  }
  for (const key of objects) {
    const value = entry[key];
    if (value !== undefined && !isObject(value)) throw wrong(`.${key} is no object`);
  }
  for (const key of lists) {
    const value = entry[key];
    if (value === undefined) continue;
    // npm writes a list, or one string.
    entry[key] = typeof value === 'string' ? [value] : value;
    if (!Array.isArray(entry[key])) throw wrong(`.${key} is no list`);
  }
  return entry as LockedPackage;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
