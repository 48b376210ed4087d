import { compareVersions } from './compare-versions.ts';

/** One package that would satisfy a dependency. */
export interface Relation {
  readonly name: string;
  readonly operator?: '<<' | '<=' | '=' | '>=' | '>>';
  readonly version?: string;
}

/** Alternatives, the preferred first: `a (>= 1) | b`. */
export type Dependency = readonly Relation[];

const pattern =
  /^(?<name>[a-z0-9][a-z0-9+.-]*)(?::[a-z0-9]+)?\s*(?:\(\s*(?<operator><<|<=|=|>=|>>)\s*(?<version>[^)\s]+)\s*\))?/;

/** https://www.debian.org/doc/debian-policy/ch-relationships.html#syntax-of-relationship-fields */
export function parseDependencies(field: string | undefined): Dependency[] {
  return (field ?? '')
    .split(',')
    .map((alternatives) => alternatives.split('|').flatMap(parseRelation))
    .filter((dependency) => dependency.length > 0);
}

function parseRelation(text: string): Relation[] {
  const groups = pattern.exec(text.trim())?.groups;
  if (!groups?.name) return [];
  const { name, operator, version } = groups;
  return [operator && version ? { name, operator: operator as '=', version } : { name }];
}

export function satisfies(version: string, relation: Relation): boolean {
  if (!relation.operator || !relation.version) return true;
  const order = compareVersions(version, relation.version);
  switch (relation.operator) {
    case '<<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '=':
      return order === 0;
    case '>=':
      return order >= 0;
    case '>>':
      return order > 0;
  }
}
