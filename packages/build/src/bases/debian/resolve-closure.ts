import { buildErrors } from '../../errors.ts';
import type { DebianPackage, PackageList } from './package-list.ts';
import { type Dependency, type Relation, satisfies } from './relation.ts';

/**
 * Needed only by what a package does while it is installed. Nothing is installed here (no maintainer script
 * runs, for that would need the target's CPU), so these and what they bring along, shells and Perl among it,
 * are left out.
 */
const installTimeOnly: ReadonlySet<string> = new Set(['debconf', 'debconf-2.0', 'awk', 'dpkg']);
/** `update-ca-certificates` calls it; the bundle that it would make is made here instead. */
const neededByScriptsOf: Readonly<Record<string, string>> = { 'ca-certificates': 'openssl' };

/**
 * The packages asked for and all that they depend on, sorted by name.
 * @throws CATA_DEBIAN_PACKAGE_MISSING, CATA_DEBIAN_DEPENDENCY
 */
export function resolveClosure(wanted: readonly string[], list: PackageList): DebianPackage[] {
  const chosen = new Map<string, DebianPackage>();
  const waiting: DebianPackage[] = wanted.map((name) => {
    const found = list.get(name);
    if (!found) throw buildErrors.CATA_DEBIAN_PACKAGE_MISSING({ name });
    return found;
  });
  // What was asked for by name goes in first, so that it wins where a dependency leaves a choice.
  for (const found of waiting) chosen.set(found.name, found);
  for (let current = waiting.shift(); current; current = waiting.shift()) {
    for (const dependency of current.depends) {
      const next = choose(current, dependency, chosen, list);
      if (!next || chosen.has(next.name)) continue;
      chosen.set(next.name, next);
      waiting.push(next);
    }
  }
  return [...chosen.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The package that satisfies a dependency, or undefined when nothing has to. */
function choose(
  dependent: DebianPackage,
  dependency: Dependency,
  chosen: ReadonlyMap<string, DebianPackage>,
  list: PackageList,
): DebianPackage | undefined {
  if (
    dependency.some(({ name }) => installTimeOnly.has(name) || neededByScriptsOf[dependent.name] === name)
  ) {
    return undefined;
  }
  const found =
    firstOf(dependency, (relation) => chosenFor(relation, chosen)) ??
    firstOf(dependency, (relation) => candidateFor(relation, list));
  if (found) return found;
  throw buildErrors.CATA_DEBIAN_DEPENDENCY({
    name: dependent.name,
    dependency: dependency.map(formatRelation).join(' | '),
  });
}

function firstOf(
  dependency: Dependency,
  find: (relation: Relation) => DebianPackage | undefined,
): DebianPackage | undefined {
  for (const relation of dependency) {
    const found = find(relation);
    if (found) return found;
  }
  return undefined;
}

/** What is chosen already, by its own name or by one that it provides, is not asked for twice. */
function chosenFor(
  relation: Relation,
  chosen: ReadonlyMap<string, DebianPackage>,
): DebianPackage | undefined {
  const named = chosen.get(relation.name);
  if (named && satisfies(named.version, relation)) return named;
  const providers = [...chosen.values()].filter((candidate) => stands(candidate, relation));
  return providers.sort((a, b) => (a.name < b.name ? -1 : 1))[0];
}

/** The package of that name, or else the first that provides it. */
function candidateFor(relation: Relation, list: PackageList): DebianPackage | undefined {
  const named = list.get(relation.name);
  if (named && satisfies(named.version, relation)) return named;
  const providers = list.providers(relation.name).flatMap((provider) => list.get(provider) ?? []);
  return providers.find((provider) => stands(provider, relation));
}

/** Where a version is asked for, only what is provided in a version will do (policy § 7.5). */
function stands(provider: DebianPackage, relation: Relation): boolean {
  return provider.provides.some(
    ({ name, version }) =>
      name === relation.name && (!relation.operator || (!!version && satisfies(version, relation))),
  );
}

function formatRelation({ name, operator, version }: Relation): string {
  return operator ? `${name} (${operator} ${version})` : name;
}
