import { execFileSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { LockedPackage } from '../src/npm/locked-package.ts';
import { npmCpu, type Target } from '../src/target/target.ts';
import { writeFiles } from './write-files.ts';

interface NpmNode {
  readonly location: string;
  readonly isRoot: boolean;
  readonly inert: boolean;
  readonly dev: boolean;
}

interface NpmTree {
  readonly inventory: { values(): Iterable<NpmNode> };
  readonly meta: { commit(): { readonly packages: Readonly<Record<string, LockedPackage>> } };
}

type Arborist = new (
  options: Readonly<Record<string, unknown>>,
) => {
  loadVirtual(): Promise<NpmTree>;
  buildIdealTree(): Promise<NpmTree>;
};

/** What this machine's npm itself makes trees with. */
function npmsArborist(): Arborist {
  const command = execFileSync('which', ['npm']).toString().trim();
  return createRequire(realpathSync(command))('@npmcli/arborist') as Arborist;
}

const Arborist = npmsArborist();
/** Nothing is to be fetched: the port is nobody's. */
const offline = { registry: 'http://127.0.0.1:9', audit: false, offline: true };

/** Entries as npm would write them: with what it works out of who needs whom. */
export async function lockedByNpm(
  folder: string,
  packages: Readonly<Record<string, LockedPackage>>,
): Promise<Readonly<Record<string, LockedPackage>>> {
  const { '': root = {}, ...rest } = packages;
  // A root that the lockfile was not made for makes npm work it out anew.
  const stale = { lockfileVersion: 3, packages: { '': { dependencies: { stale: '1' } }, ...rest } };
  writeFiles(folder, { 'package.json': root, 'package-lock.json': stale });
  const tree = await new Arborist({ path: folder, ...offline }).loadVirtual();
  const { packages: locked } = tree.meta.commit();
  // npm would not have installed what nothing needs.
  const wanted = Object.entries(packages).filter(([location]) => !locked[location]?.extraneous);
  if (wanted.length < Object.keys(packages).length) return lockedByNpm(folder, Object.fromEntries(wanted));
  writeFiles(folder, { 'package-lock.json': { lockfileVersion: 3, packages: { ...locked, '': root } } });
  return { ...locked, '': root };
}

/** The locations that "npm ci --omit=dev" would install for a target, of a folder with a lockfile. */
export async function locationsByNpm(folder: string, target: Target): Promise<string[]> {
  const options = {
    path: folder,
    ...offline,
    os: 'linux',
    cpu: npmCpu(target),
    libc: target.libc,
    nodeVersion: target.nodeVersion,
  };
  const tree = await new Arborist(options).buildIdealTree();
  const installed = [...tree.inventory.values()].filter(
    ({ isRoot, inert, dev }) => !isRoot && !inert && !dev,
  );
  return installed.map(({ location }) => location).sort();
}
