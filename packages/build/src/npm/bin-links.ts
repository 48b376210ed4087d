import { posix } from 'node:path';
import type { LockedPackage } from './locked-package.ts';
import type { Closure } from './production-closure.ts';
import { packageName } from './resolve-location.ts';

/** A command of a package, as `node_modules/.bin` has it. */
export interface BinLink {
  /** Of the link, as in "node_modules/.bin/tsc". */
  readonly location: string;
  /** The package, or the link to one, whose command it is. */
  readonly owner: string;
  /** The file that it stands for, below the owner. */
  readonly file: string;
}

/**
 * The links that npm makes for commands. Where two packages beside each other have one of the same name, npm links that
 * of the first in its order: packages before linked folders, and those by name.
 * @param lockedAt the entry of a location
 */
export function binLinks(
  { packages, links }: Closure,
  lockedAt: (location: string) => LockedPackage | undefined,
): readonly BinLink[] {
  const byName = (a: string, b: string) => a.localeCompare(b, 'en');
  const owners = [...[...packages.keys()].sort(byName), ...[...links.keys()].sort(byName)];
  const found = new Map<string, BinLink>();
  for (const owner of owners) {
    const locked = lockedAt(links.get(owner) ?? owner);
    for (const [name, file] of commandsOf(owner, locked)) {
      const location = `${modulesFolder(owner)}/.bin/${name}`;
      if (!found.has(location)) found.set(location, { location, owner, file });
    }
  }
  return [...found.values()].sort((a, b) => (a.location < b.location ? -1 : 1));
}

/** What the link holds. */
export function linkText({ location, owner, file }: BinLink): string {
  return posix.relative(posix.dirname(location), `${owner}/${file}`);
}

/** As npm cleans them: no path in the name, and none that leads out of the package. */
function* commandsOf(owner: string, locked: LockedPackage | undefined): Iterable<[string, string]> {
  const bin = locked?.bin ?? {};
  const named = typeof bin === 'string' ? { [packageName(owner).replace(/^@[^/]+\//, '')]: bin } : bin;
  for (const [key, value] of Object.entries(named)) {
    const name = posix.join('/', posix.basename(key.replace(/[\\:]/g, '/'))).slice(1);
    const file = typeof value === 'string' ? posix.join('/', value.replaceAll('\\', '/')).slice(1) : '';
    if (name !== '' && file !== '') yield [name, file];
  }
}

function modulesFolder(owner: string): string {
  return owner.slice(0, owner.lastIndexOf('node_modules/') + 'node_modules'.length);
}
