import { posix } from 'node:path';
import type { ElfFile, VersionNeed } from '../elf/elf-file.ts';
import { kindOfProcess, libcKind, libcKindsOf, loaderPath } from './libc-kind.ts';
import type { LibrarySearch } from './library-search.ts';
import type { LoadedObject, Process } from './process.ts';

/** What keeps an object from being loaded. */
export interface LoadProblem {
  readonly object: LoadedObject;
  /** A library that it needs, by the name that it asks for. */
  readonly library: string;
  /** Versions that the library has not; none where the library itself is missing. */
  readonly versions: readonly string[];
  /** The library, where it is there. */
  readonly found?: ElfFile;
}

/** What a program has in memory when it begins, and all that its loader would complain about. */
export interface StartedProcess extends Process {
  /** What was loaded here, and not by the process that it was loaded into: the file that was asked for is the first. */
  readonly loaded: readonly LoadedObject[];
  readonly problems: readonly LoadProblem[];
}

/** Loads a program with its libraries, breadth first, as ld.so(8) does. */
export function startProgram(program: ElfFile, search: LibrarySearch): StartedProcess {
  const { image } = search;
  const main: LoadedObject = { file: program, path: `/${program.path}` };
  const process: Process = {
    image,
    libc: kindOfProcess(program, image),
    main,
    objects: new Map(),
    named: new Map(),
  };
  addLoader(program.interpreter, process, search);
  return { ...process, ...load(main, process, search) };
}

/** It is there before anything is looked for, and whoever needs it by its name has it. */
function addLoader(path: string | undefined, process: Process, search: LibrarySearch): void {
  const file = path === undefined ? undefined : search.fileAt(path);
  if (path !== undefined && file) add({ file, path }, process, posix.basename(path));
}

/** Loads a file into a process, as dlopen(3) does; without one, into a process of which nothing is known. */
export function loadInto(file: ElfFile, host: Process | undefined, search: LibrarySearch): StartedProcess {
  const { image } = search;
  const [first] = libcKindsOf(image);
  const process: Process = {
    image,
    libc: host?.libc ?? libcKind(file) ?? first,
    ...(host?.main ? { main: host.main } : {}),
    objects: new Map(host?.objects),
    named: new Map(host?.named),
  };
  const { libc } = process;
  if (!host && (libc === 'glibc' || libc === 'musl')) addLoader(loaderPath(libc, image), process, search);
  const object: LoadedObject = { file, path: `/${file.path}`, ...(host?.main ? { loader: host.main } : {}) };
  return { ...process, ...load(object, process, search) };
}

function add(object: LoadedObject, process: Process, name?: string): void {
  process.objects.set(object.file, object);
  for (const one of [name, object.file.soname]) {
    if (one !== undefined && !process.named.has(one)) process.named.set(one, object);
  }
}

function load(
  first: LoadedObject,
  process: Process,
  search: LibrarySearch,
): Pick<StartedProcess, 'loaded' | 'problems'> {
  const problems: LoadProblem[] = [];
  const queue = [first];
  add(first, process);
  for (const object of queue) {
    for (const library of object.file.needed) {
      const outcome = need(library, object, process, search);
      if (outcome === 'missing') problems.push({ object, library, versions: [] });
      else if (outcome !== 'present') queue.push(outcome);
    }
  }
  for (const object of queue) problems.push(...missingVersions(object, process));
  return { loaded: queue, problems };
}

/** musl is one file, and has these of glibc's in it. ldso/dynlink.c, load_library */
const partsOfMusl = /^lib(?:c|pthread|rt|m|dl|util|xnet)\./;

/** What a name adds to the process; damaged libraries count as present, since they are complained about elsewhere. */
function need(
  name: string,
  object: LoadedObject,
  process: Process,
  search: LibrarySearch,
): LoadedObject | 'present' | 'missing' {
  if (process.named.has(name)) return 'present';
  if (process.libc === 'musl' && partsOfMusl.test(name)) return 'present';
  const found = search.find(name, object, process);
  if (!found) return 'missing';
  if (!found.file) return 'present';
  const known = process.objects.get(found.file);
  if (known) {
    process.named.set(name, known);
    return 'present';
  }
  const added: LoadedObject = { file: found.file, path: found.path, loader: object };
  add(added, process, name);
  return added;
}

/** musl does not look at versions. */
function missingVersions(object: LoadedObject, process: Process): LoadProblem[] {
  if (process.libc === 'musl') return [];
  return object.file.versionNeeds.flatMap((need) => {
    const found = process.named.get(need.library)?.file;
    const versions = found ? notIn(found, need) : [];
    return found && versions.length > 0 ? [{ object, library: need.library, versions, found }] : [];
  });
}

/** The same files meet in nearly every process: by the need, and by the library that it is held against. */
const compared = new WeakMap<VersionNeed, WeakMap<ElfFile, readonly string[]>>();

/** glibc takes a library that defines no versions for one that has all. */
function notIn(library: ElfFile, need: VersionNeed): readonly string[] {
  const known = compared.get(need) ?? new WeakMap<ElfFile, readonly string[]>();
  compared.set(need, known);
  const missing =
    known.get(library) ??
    (library.versions.length === 0
      ? []
      : need.versions.filter((version) => !library.versions.includes(version)));
  known.set(library, missing);
  return missing;
}
