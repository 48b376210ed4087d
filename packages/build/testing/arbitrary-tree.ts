// biome-ignore lint/correctness/noUndeclaredDependencies: for tests only, and those have it from the root.
import fc from 'fast-check';
import type { LockedPackage } from '../src/npm/locked-package.ts';
import { resolveLocation } from '../src/npm/resolve-location.ts';
import { lockfileOf } from './lockfile-of.ts';

const name = fc.constantFrom('a', 'b', 'c', 'd', '@s/e');
const needs = fc.uniqueArray(name, { maxLength: 3 });
const platform: fc.Arbitrary<LockedPackage> = fc.oneof(
  { weight: 5, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: fc.constantFrom({ os: ['darwin'] }, { cpu: ['arm64'] }) },
  { weight: 1, arbitrary: fc.constant({ os: ['linux'], cpu: ['x64'], libc: ['glibc'] }) },
  { weight: 1, arbitrary: fc.constantFrom({ engines: { node: '>=99' } }, { engines: { node: '>=20' } }) },
);
const entry = fc.record({ platform, required: needs, optional: needs, peers: needs, optionalPeers: needs });
type Entry = typeof entry extends fc.Arbitrary<infer T> ? T : never;
const nothing: Entry = { platform: {}, required: [], optional: [], peers: [], optionalPeers: [] };

const location = fc
  .array(name, { minLength: 1, maxLength: 3 })
  .map((path) => path.map((one) => `node_modules/${one}`).join('/'));

/**
 * Packages of a lockfile, some inside others, that need one another in every way that there is; all needs are met, for
 * what npm does where they are not is to fetch.
 */
export const arbitraryTree: fc.Arbitrary<Readonly<Record<string, LockedPackage>>> = fc
  .tuple(
    entry,
    needs,
    fc.uniqueArray(fc.tuple(location, entry), { selector: ([at]) => at, minLength: 2, maxLength: 9 }),
  )
  .map(([root, development, rows]) => {
    const entries = new Map(rows.flatMap(([at]) => foldersOf(at).map((folder) => [folder, nothing])));
    for (const [at, own] of rows) entries.set(at, own);
    const lockfile = lockfileOf(Object.fromEntries([...entries.keys()].map((at) => [at, {}])));
    const met = (at: string, names: readonly string[]) =>
      names.flatMap((one) => {
        const found = resolveLocation(lockfile, at, one)?.location;
        return found === undefined ? [] : [{ one, isInside: found === `${at}/node_modules/${one}` }];
      });
    const section = (found: readonly { one: string }[]) =>
      Object.fromEntries(found.map(({ one }) => [one, '*']));
    const lockedOf = (at: string, { platform: own, ...sections }: Entry): LockedPackage => ({
      ...own,
      version: '1.0.0',
      dependencies: section(met(at, sections.required)),
      optionalDependencies: section(met(at, sections.optional)),
      // A peer is beside the package, never in it.
      peerDependencies: section(
        met(at, [...sections.peers, ...sections.optionalPeers]).filter(({ isInside }) => !isInside),
      ),
      peerDependenciesMeta: Object.fromEntries(
        sections.optionalPeers.map((one) => [one, { optional: true }]),
      ),
    });
    const own = lockedOf('', { ...root, platform: {} });
    const ofProduction = new Set(
      [own.dependencies, own.optionalDependencies, own.peerDependencies].flatMap((names) =>
        Object.keys(names ?? {}),
      ),
    );
    // What both need, and one may do without, npm installs though the other does not: that is not followed.
    const runsEverywhere = rows.every(([, found]) => Object.keys(found.platform).length === 0);
    const devDependencies = section(
      met('', runsEverywhere ? development : []).filter(({ one }) => !ofProduction.has(one)),
    );
    return Object.fromEntries([
      ['', { name: 'root', ...own, devDependencies }],
      ...[...entries].map(([at, found]) => [at, lockedOf(at, found)] as const),
    ]);
  });

/** A package inside another has that one around it. */
function foldersOf(at: string): string[] {
  const around = at.replace(/\/?node_modules\/(@[^/]+\/)?[^/]+$/, '');
  return around === '' ? [at] : [...foldersOf(around), at];
}
