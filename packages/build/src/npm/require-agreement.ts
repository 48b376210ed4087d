import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { buildErrors } from '../errors.ts';
import type { InputLog } from '../inputs/input-log.ts';
import type { LockedPackage } from './locked-package.ts';
import type { Lockfile } from './lockfile.ts';
import { parseJson } from './parse-json.ts';

const sections = ['dependencies', 'optionalDependencies', 'devDependencies', 'peerDependencies'] as const;

/**
 * Refuses a lockfile that was made for another package.json than the one beside it, as `npm ci` does: what
 * would be built is not what the project asks for.
 * @param location of the project, or of another folder that it is linked to
 * @throws CATA_LOCKFILE_DISAGREES, CATA_JSON_INVALID, CATA_FOLDER_MISSING
 */
export async function requireAgreement(
  lockfile: Lockfile,
  inputs: InputLog,
  location: string = lockfile.workspace,
): Promise<void> {
  const path = join(lockfile.root, location, 'package.json');
  inputs.file(path);
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw buildErrors.CATA_FOLDER_MISSING({ path: lockfile.path, folder: dirname(path) }, { cause });
  });
  const wanted = parseJson(text, path) as LockedPackage;
  const locked = lockfile.packages.get(location);
  for (const section of sections) {
    const difference = firstDifference(effective(wanted, section), effective(locked, section));
    if (difference) {
      throw buildErrors.CATA_LOCKFILE_DISAGREES({ path, lockfile: lockfile.path, section, ...difference });
    }
  }
}

/** npm drops from `dependencies` what `optionalDependencies` names too. */
function effective(
  part: LockedPackage | undefined,
  section: (typeof sections)[number],
): Readonly<Record<string, string>> {
  const names = part?.[section] ?? {};
  if (section !== 'dependencies') return names;
  return Object.fromEntries(Object.entries(names).filter(([name]) => !part?.optionalDependencies?.[name]));
}

function firstDifference(
  wanted: Readonly<Record<string, string>>,
  locked: Readonly<Record<string, string>>,
): { name: string; wanted: string; locked: string } | undefined {
  const name = [...new Set([...Object.keys(wanted), ...Object.keys(locked)])]
    .sort()
    .find((candidate) => wanted[candidate] !== locked[candidate]);
  if (name === undefined) return undefined;
  return { name, wanted: wanted[name] ?? 'nothing', locked: locked[name] ?? 'nothing' };
}
