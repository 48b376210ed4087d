import { compareVersions } from './compare-versions.ts';
import { parseParagraph } from './control.ts';
import { asBuffer, fieldStarts, indexNames } from './index-names.ts';
import { type Dependency, parseDependencies, type Relation } from './relation.ts';

/** A binary package, as a `Packages` file lists it. */
export interface DebianPackage {
  readonly name: string;
  readonly version: string;
  readonly depends: readonly Dependency[];
  /** Virtual packages that it stands for, some in a version. */
  readonly provides: readonly Relation[];
  /** The suite that it was found in, as in "bookworm-security". */
  readonly suite: string;
  /** From the mirror's address. */
  readonly file: string;
  /** Hexadecimal, of the .deb file. */
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** The packages of one or more suites; of several versions of a package the newest counts. */
export interface PackageList {
  get(name: string): DebianPackage | undefined;
  /** Names of the packages that provide a virtual one, sorted. */
  providers(name: string): readonly string[];
}

/** A `Packages` file: 50 MB of text that nobody needs as a string. */
export interface PackagesFile {
  readonly suite: string;
  readonly bytes: Uint8Array;
}

/** Finds where each package stands and reads only those that are asked for: a file has 60,000 of them. */
export function packageList(files: readonly PackagesFile[]): PackageList {
  const indexes = files.map((file) => ({ file, index: indexNames(file.bytes) }));
  let provided: ReadonlyMap<string, ReadonlySet<string>> | undefined;
  return {
    get: (name) =>
      newest(indexes.flatMap(({ file, index }) => index(name).map((start) => readPackage(file, start)))),
    providers(name) {
      provided ??= providersIn(files);
      return [...(provided.get(name) ?? [])].sort();
    },
  };
}

/** Few dependencies are on what is no package, so it is looked for only when one is. */
function providersIn(files: readonly PackagesFile[]): ReadonlyMap<string, ReadonlySet<string>> {
  const provided = new Map<string, Set<string>>();
  for (const file of files) {
    for (const start of fieldStarts(file.bytes, 'Provides')) {
      const { name, provides } = readPackage(file, paragraphStart(file, start));
      for (const relation of provides) {
        provided.set(relation.name, (provided.get(relation.name) ?? new Set()).add(name));
      }
    }
  }
  return provided;
}

function paragraphStart({ bytes }: PackagesFile, within: number): number {
  const blank = asBuffer(bytes).lastIndexOf('\n\n', within);
  return blank === -1 ? 0 : blank + 2;
}

function readPackage({ suite, bytes }: PackagesFile, start: number): DebianPackage {
  const text = asBuffer(bytes);
  const end = text.indexOf('\n\n', start);
  const fields = parseParagraph(text.toString('latin1', start, end === -1 ? text.length : end));
  return {
    name: fields.package ?? '',
    version: fields.version ?? '',
    depends: [...parseDependencies(fields['pre-depends']), ...parseDependencies(fields.depends)],
    provides: parseDependencies(fields.provides).flat(),
    suite,
    file: fields.filename ?? '',
    sha256: fields.sha256 ?? '',
    sizeBytes: Number(fields.size),
  };
}

function newest(packages: readonly DebianPackage[]): DebianPackage | undefined {
  return packages.reduce<DebianPackage | undefined>(
    (best, candidate) => (best && compareVersions(best.version, candidate.version) >= 0 ? best : candidate),
    undefined,
  );
}
