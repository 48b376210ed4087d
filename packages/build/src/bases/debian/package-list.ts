import { compareVersions } from './compare-versions.ts';
import { parseParagraph } from './control.ts';
import { type Dependency, parseDependencies, type Relation } from './relation.ts';

/** A binary package, as a `Packages` file lists it. */
export interface DebianPackage {
  readonly name: string;
  readonly version: string;
  readonly architecture: string;
  readonly depends: readonly Dependency[];
  /** Virtual packages that it stands for, some in a version. */
  readonly provides: readonly Relation[];
  /** Hexadecimal, of the .deb file. */
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly url: string;
}

/** The packages of one or more sources; of several versions of a package the newest counts. */
export interface PackageList {
  get(name: string): DebianPackage | undefined;
  /** Names of the packages that provide a virtual one, sorted. */
  providers(name: string): readonly string[];
}

/** The text of a `Packages` file and the mirror whose paths are in it. */
export interface PackagesText {
  readonly uri: string;
  readonly text: string;
}

/** Finds where each package stands and reads only those that are asked for: a file has 60,000 of them. */
export function packageList(files: readonly PackagesText[]): PackageList {
  const found = new Map<string, { file: PackagesText; start: number }[]>();
  const provided = new Map<string, Set<string>>();
  for (const file of files) indexFile(file, found, provided);
  return {
    get: (name) => newest((found.get(name) ?? []).map(({ file, start }) => readPackage(file, start))),
    providers: (name) => [...(provided.get(name) ?? [])].sort(),
  };
}

function indexFile(
  file: PackagesText,
  found: Map<string, { file: PackagesText; start: number }[]>,
  provided: Map<string, Set<string>>,
): void {
  let name = '';
  for (const match of file.text.matchAll(/^(Package|Provides): (.+)$/gm)) {
    const [, field, value = ''] = match;
    if (field === 'Package') {
      name = value;
      found.set(name, [...(found.get(name) ?? []), { file, start: match.index }]);
    } else {
      for (const [relation] of parseDependencies(value)) {
        if (relation) provided.set(relation.name, (provided.get(relation.name) ?? new Set()).add(name));
      }
    }
  }
}

function readPackage({ uri, text }: PackagesText, start: number): DebianPackage {
  const end = text.indexOf('\n\n', start);
  const fields = parseParagraph(text.slice(start, end === -1 ? undefined : end));
  return {
    name: fields.package ?? '',
    version: fields.version ?? '',
    architecture: fields.architecture ?? '',
    depends: [...parseDependencies(fields['pre-depends']), ...parseDependencies(fields.depends)],
    provides: parseDependencies(fields.provides).flat(),
    sha256: fields.sha256 ?? '',
    sizeBytes: Number(fields.size),
    url: `${uri}/${fields.filename}`,
  };
}

function newest(packages: readonly DebianPackage[]): DebianPackage | undefined {
  return packages.reduce<DebianPackage | undefined>(
    (best, candidate) => (best && compareVersions(best.version, candidate.version) >= 0 ? best : candidate),
    undefined,
  );
}
